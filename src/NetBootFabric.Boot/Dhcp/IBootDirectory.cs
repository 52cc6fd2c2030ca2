namespace NetBootFabric.Boot.Dhcp;

/// <summary>The fabric, as a DHCP server sees it: takes inquiries, and later gives the answer to the listener.</summary>
public interface IBootDirectory
{
    /// <summary>Takes an inquiry. Never blocks; when too many wait, the oldest DISCOVER is shed and counted.</summary>
    void Submit(DhcpInquiry inquiry);

    /// <summary>Answers for <see cref="Ingress.Listener"/> go to this sink from now on. Called once per listener at start.</summary>
    void Attach(int listener, IDhcpReplies replies);
}

/// <summary>A DHCP listener, as the fabric sees it. Called from any thread; must not block for long.</summary>
public interface IDhcpReplies
{
    /// <summary>Sends the answer at the next <see cref="Flush"/>, or before. By one caller at a time.</summary>
    void Queue(DhcpAnswer answer);

    /// <summary>Sends what is queued.</summary>
    void Flush() { }

    /// <summary>No answer will come; for the counters.</summary>
    void Dismiss(DhcpInquiry inquiry, DhcpDismissal reason);
}

/// <summary>Why an inquiry gets no answer.</summary>
public enum DhcpDismissal
{
    /// <summary>Not for us: another server was selected.</summary>
    OtherServerSelected,
    UnknownClientIgnored,
    NoSubnet,
    PoolExhausted,

    /// <summary>The client asked to boot and there is nothing to boot for it.</summary>
    NoBootFile,

    /// <summary>We know nothing of the address it wants to keep, and are not authoritative for it.</summary>
    NotAuthoritative,

    /// <summary>The lease could not be written; the client's retry tries again.</summary>
    StoreUnavailable,

    /// <summary>A message that needs no answer (DECLINE, RELEASE), or a proxy that leaves it to the other server.</summary>
    NoAnswerNeeded,

    /// <summary>Too many waited.</summary>
    Shed,
    Malformed,

    /// <summary>The address that it asks for can't be given, and a NAK would end a boot ROM's boot.</summary>
    AddressUnavailable,

    /// <summary>A broadcast of a client that is another head node's: that one answers.</summary>
    OtherHeadAnswers,

    /// <summary>The operator holds the machine, and its firmware knows no script that would wait.</summary>
    Held,

    /// <summary>Its client asked again while it waited: the newer packet is answered.</summary>
    Superseded,
}
