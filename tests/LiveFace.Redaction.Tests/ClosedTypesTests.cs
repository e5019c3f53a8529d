using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace LiveFace.Redaction.Tests;

/// <summary>
/// What the guarantee stands on is made in one place each. No assembly of ours – program, bench or test – reaches round it,
/// be it as a friend or by <c>UnsafeAccessor</c>. All that are built are read, member by member.
/// </summary>
public sealed class ClosedTypesTests
{
    // Members that only their own assembly may use, and the one other that may, where there is one.
    private static readonly Dictionary<(string Type, string Member), string?> Closed = new()
    {
        [("LiveFace.Media.Frames.RedactedFrame", ".ctor")] = "LiveFace.Redaction",
        [("LiveFace.Media.Codecs.EncodedPicture", ".ctor")] = null,
        // What came encoded and redacted from the node that owns a room, and what goes to such a node.
        [("LiveFace.Rooms.Relay.RelayedPicture", ".ctor")] = "LiveFace.Cluster",
        [("LiveFace.Rooms.Relay.RelayParcel", ".ctor")] = null,
        [("LiveFace.Rooms.Relay.RelayParcel", "Set")] = null,
        [("LiveFace.Vision.Detection.FrameMark", ".ctor")] = null,
        [("LiveFace.Vision.Detection.LookReceipt", ".ctor")] = null,
        [("LiveFace.Vision.Detection.LookReceipt", "Begin")] = null,
        [("LiveFace.Vision.Detection.LookReceipt", "Add")] = null,
        [("LiveFace.Vision.Detection.LookReceipt", "Complete")] = null,
        [("LiveFace.Vision.Detection.LookReceipt", "get_List")] = null,
        // Marks of a person show finds, which no live picture may.
        [("LiveFace.Redaction.Redactor", "RedactPicture")] = "LiveFace.Films",
        [("LiveFace.Redaction.FailClosed.FailClosedRules", ".ctor")] = null,
        [("LiveFace.Redaction.FailClosed.FailClosedRules", "Detected")] = null,
        [("LiveFace.Redaction.FailClosed.FailClosedRules", "Failed")] = null,
        [("LiveFace.Redaction.Masks.SourceFindings", ".ctor")] = null,
        [("LiveFace.Redaction.Masks.SourceFindings", "Store")] = null,
        [("LiveFace.Redaction.Looks.CoverageMap", "Take")] = null,
        [("LiveFace.Redaction.Looks.HiddenCells", "Begin")] = null,
    };

    [Fact]
    public void Every_closed_member_is_there_to_be_closed()
    {
        Type[] roots = [typeof(Media.Frames.RedactedFrame), typeof(Vision.Detection.LookReceipt), typeof(Redactor), typeof(LiveFace.Rooms.Relay.RelayedPicture)];
        foreach (var (type, member) in Closed.Keys)
        {
            var found = roots.Select(root => root.Assembly.GetType(type)).FirstOrDefault(one => one is not null).ShouldNotBeNull(type);
            found.GetMembers(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic)
                .ShouldContain(one => one.Name == member, $"{type}.{member}");
        }
    }

    [Fact]
    public void No_assembly_reaches_what_is_closed()
    {
        var uses = BuiltAssemblies.All().SelectMany(UsesOf).ToList();

        // The redactor's own use shows that uses are seen.
        uses.ShouldContain(use => use.Assembly == "LiveFace.Redaction" && use.Type == "LiveFace.Media.Frames.RedactedFrame");
        uses.Where(use => Closed[(use.Type, use.Member)] != use.Assembly).ShouldBeEmpty();
    }

    /// <summary>An owner proves itself before there is a receiver; nothing else, in the two assemblies that could, makes a picture.</summary>
    [Fact]
    public void Only_the_relays_receiver_makes_a_picture_of_another_nodes() =>
        BuiltAssemblies.All().SelectMany(assembly => Callers.Of(assembly.File, "LiveFace.Rooms.Relay.RelayedPicture", ".ctor"))
            .ShouldBe(["LiveFace.Cluster.Relay.RelayReceiver.Receive"]);

    /// <summary>What goes to another node is copied from an encoder's picture, or is sound, in a room's feed and nowhere else.</summary>
    [Fact]
    public void Only_a_rooms_feed_fills_what_goes_to_another_node() =>
        BuiltAssemblies.All().SelectMany(assembly => Callers.Of(assembly.File, "LiveFace.Rooms.Relay.RelayParcel", "Set"))
            .ShouldBe(["LiveFace.Rooms.Relay.RelayFeed.LiveFace.Rooms.Pipeline.IVideoOutlet.Send", "LiveFace.Rooms.Relay.RelayFeed.Send"], ignoreOrder: true);

    [Fact]
    public void No_assembly_has_an_accessor_that_goes_round_access()
    {
        foreach (var (name, file) in BuiltAssemblies.All())
        {
            using var image = new PEReader(File.OpenRead(file));
            var reader = image.GetMetadataReader();
            reader.TypeReferences.Select(reader.GetTypeReference)
                .ShouldNotContain(type => reader.GetString(type.Name) == "UnsafeAccessorAttribute", name);
        }
    }

    private static IEnumerable<(string Assembly, string Type, string Member)> UsesOf((string Name, string File) assembly)
    {
        using var image = new PEReader(File.OpenRead(assembly.File));
        var reader = image.GetMetadataReader();
        foreach (var handle in reader.MemberReferences)
        {
            var member = reader.GetMemberReference(handle);
            if (TypeOf(reader, member) is { } type && Closed.ContainsKey((type, reader.GetString(member.Name))))
                yield return (assembly.Name, type, reader.GetString(member.Name));
        }
    }

    private static string? TypeOf(MetadataReader reader, MemberReference member)
    {
        if (member.Parent.Kind != HandleKind.TypeReference)
            return null;
        var type = reader.GetTypeReference((TypeReferenceHandle)member.Parent);
        return $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}";
    }
}
