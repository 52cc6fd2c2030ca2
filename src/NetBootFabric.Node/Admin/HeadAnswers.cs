using NetBootFabric.Cluster.Heads;

namespace NetBootFabric.Node.Admin;

/// <summary>Answers what another head node asks in the name of its operator: about this head node alone.</summary>
internal sealed class HeadAnswers(string node, IReadOnlyList<IHeadPart> parts)
{
    public async Task<HeadAnswer> AnswerAsync(string question)
    {
        var request = HeadRequest.Parse(question);
        foreach (var part in parts)
            if (await part.AnswerAsync(request) is { } reply) return new HeadAnswer(node, reply.Status, reply.Json);
        return new HeadAnswer(node, HeadReply.NotFound.Status, HeadReply.NotFound.Json);
    }
}
