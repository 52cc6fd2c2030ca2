using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;

namespace NetBootFabric.Actors.Actor;

/// <summary>How to make an actor: its type and constructor arguments, which every incarnation gets again.</summary>
public sealed class Props : IEquatable<Props>
{
    private static readonly ConcurrentDictionary<ConstructorInfo, ConstructorInvoker> Invokers = new();

    /// <summary>Of a type that has one only, so that nothing is to be chosen.</summary>
    private static readonly ConcurrentDictionary<Type, ConstructorInvoker?> OnlyOnes = new();

    private readonly Func<ActorBase>? _factory;
    private ConstructorInvoker? _constructor;

    private Props(Type type, object?[] arguments, SupervisorStrategy? strategy, int stashCapacity, Func<ActorBase>? factory = null)
    {
        Type = type;
        Arguments = arguments!;
        SupervisorStrategy = strategy;
        StashCapacity = stashCapacity;
        _factory = factory;
    }

    public Props(Type type, params object[] args) : this(type, args, null, 0) { }

    public Props(Type type) : this(type, [], null, 0) { }

    public Type Type { get; }
    public string TypeName => Type.AssemblyQualifiedName ?? Type.Name;
    public object[] Arguments { get; }

    /// <summary>How this actor supervises its children; null leaves it to the actor.</summary>
    public SupervisorStrategy? SupervisorStrategy { get; }

    /// <summary>Messages the stash holds at most; 0 leaves it to the system.</summary>
    internal int StashCapacity { get; }

    /// <summary>The body must be a <c>new T(...)</c> expression. Its arguments are evaluated now, once.</summary>
    /// <exception cref="InvalidCastException">The body is something else.</exception>
    public static Props Create<TActor>(Expression<Func<TActor>> factory, SupervisorStrategy? supervisorStrategy = null) where TActor : ActorBase
    {
        var body = (NewExpression)factory.Body;
        var arguments = body.Arguments.Select(Evaluate).ToArray();
        return new Props(typeof(TActor), arguments, supervisorStrategy, 0) { _constructor = Invoker(body.Constructor!) };
    }

    public static Props Create<TActor>(params object[] args) where TActor : ActorBase => new(typeof(TActor), args);

    public static Props Create<TActor>(SupervisorStrategy supervisorStrategy) where TActor : ActorBase, new() =>
        new(typeof(TActor), [], supervisorStrategy, 0);

    public static Props Create(Type type, params object[] args) => new(type, args);

    /// <summary>For actors of the engine itself and of its test kit.</summary>
    internal static Props Of<TActor>(Func<TActor> factory) where TActor : ActorBase => new(typeof(TActor), [], null, 0, factory);

    public Props WithSupervisorStrategy(SupervisorStrategy supervisorStrategy) => new(Type, Arguments, supervisorStrategy, StashCapacity, _factory);

    public Props WithStashCapacity(int stashCapacity) => new(Type, Arguments, SupervisorStrategy, stashCapacity, _factory);

    public ActorBase NewActor()
    {
        if (_factory is not null) return _factory();
        if (Arguments.Length == 0 && _constructor is null) return (ActorBase)Activator.CreateInstance(Type, nonPublic: true)!;
        _constructor ??= OnlyOnes.GetOrAdd(Type, OnlyOne) ?? Find();
        return (ActorBase)_constructor.Invoke(Arguments!);
    }

    public bool Equals(Props? other) => other is not null && Type == other.Type && _factory == other._factory
        && Arguments.SequenceEqual(other.Arguments) && Equals(SupervisorStrategy, other.SupervisorStrategy);

    public override bool Equals(object? obj) => Equals(obj as Props);

    public override int GetHashCode() => Type.GetHashCode();

    private static ConstructorInvoker? OnlyOne(Type type) => ConstructorsOf(type) is [var only] ? Invoker(only) : null;

    private static ConstructorInfo[] ConstructorsOf(Type type) => type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance);

    private ConstructorInvoker Find()
    {
        var fitting = ConstructorsOf(Type).FirstOrDefault(Takes)
            ?? throw new MissingMethodException($"{Type} has no constructor that takes the {Arguments.Length} arguments of its Props");
        return Invoker(fitting);
    }

    private bool Takes(ConstructorInfo constructor)
    {
        var parameters = constructor.GetParameters();
        return parameters.Length == Arguments.Length && parameters.Zip(Arguments).All(pair =>
            pair.Second is null ? !pair.First.ParameterType.IsValueType : pair.First.ParameterType.IsInstanceOfType(pair.Second));
    }

    /// <summary>One for each constructor and not for each Props: it becomes fast code at its second call only.</summary>
    private static ConstructorInvoker Invoker(ConstructorInfo constructor) => Invokers.GetOrAdd(constructor, ConstructorInvoker.Create);

    private static object? Evaluate(Expression argument) => argument is ConstantExpression constant
        ? constant.Value
        : Field(argument, out var value) ? value : Expression.Lambda<Func<object?>>(Expression.Convert(argument, typeof(object))).Compile(preferInterpretation: true)();

    // Captured variables, by far the commonest arguments, are read without compiling anything.
    private static bool Field(Expression argument, out object? value)
    {
        value = null;
        if (argument is not MemberExpression { Member: FieldInfo field, Expression: ConstantExpression { Value: { } target } }) return false;
        value = field.GetValue(target);
        return true;
    }
}
