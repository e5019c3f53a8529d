using LiveFace.Cluster;

namespace LiveFace.Features.Cluster;

/// <summary>Many servers that are one; section <c>Cluster</c>. Without it nothing of this is started.</summary>
internal sealed class ClusterOptions
{
    public const string Section = "Cluster";

    /// <summary>This node's name, which is its alone; null: the machine's.</summary>
    public string? Node { get; set; }

    /// <summary>Where other nodes call this one, and where it listens for them alone.</summary>
    public string? Address { get; set; }

    /// <summary>The address to listen on for them, where it is not that of <see cref="Address"/>.</summary>
    public string? Listen { get; set; }

    /// <summary>Where browsers reach this node alone; null where they reach all nodes at one address.</summary>
    public string? Url { get; set; }

    /// <summary>Where this node stands; rooms that begin here stay in the region while it has place. Null: it does not matter.</summary>
    public string? Region { get; set; }

    /// <summary>What shows a call between nodes to be one; the same on all.</summary>
    public string? Secret { get; set; }

    /// <summary>The PostgreSQL that says who owns a room, as a connection string; null: that of <c>Storage:Database</c>.</summary>
    public string? Database { get; set; }

    /// <summary>TLS between nodes: this node's certificate, as PEM.</summary>
    public string? Certificate { get; set; }

    /// <summary>Its key, as PEM.</summary>
    public string? CertificateKey { get; set; }

    /// <summary>The certificate of the authority that made the certificates of all nodes, and of nothing else.</summary>
    public string? Authority { get; set; }

    /// <summary>Whether nodes may call one another in the clear beyond one machine.</summary>
    public bool TrustNetwork { get; set; }

    /// <summary>Whether this node answers who watches a room of another itself, and pulls the picture from there.</summary>
    public bool Relay { get; set; } = true;

    /// <summary>How long a node is not heard of before its rooms are others'.</summary>
    public int LeaseSeconds { get; set; } = 10;

    /// <summary>How long a node that is told to stop waits for its calls to end.</summary>
    public double DrainMinutes { get; set; } = 30;

    public string NameOfNode() => Node ?? Environment.MachineName.ToLowerInvariant();

    public Uri AddressOfNode => new(Address!);

    public NodeIdentity Identify(NodeOffer offer) => new(AddressOfNode, Url is null ? null : new Uri(Url), offer);

    public TimeSpan Lease => TimeSpan.FromSeconds(LeaseSeconds);
}
