namespace NetBootFabric.Storm.Scripts;

internal enum IpxeVerb : byte
{
    /// <summary>Load this as the kernel; the rest is its command line.</summary>
    Kernel,
    Initrd,
    /// <summary>Load and forget.</summary>
    Fetch,
    /// <summary>Load and run.</summary>
    Chain,
    Sleep,
    /// <summary>DHCP and what it names: autoboot, dhcp.</summary>
    Autoboot,
    Boot,
    /// <summary>The script ended in good order.</summary>
    Exit,
    /// <summary>A command failed and nothing in its line caught that.</summary>
    Fail,
}

/// <summary>What the machine has to do for a script before it can go on.</summary>
/// <param name="Argument">A URL, seconds, or what failed.</param>
/// <param name="Rest">Words behind the URL.</param>
internal readonly record struct IpxeAction(IpxeVerb Verb, string Argument = "", string Rest = "");
