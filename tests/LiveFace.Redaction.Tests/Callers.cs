using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace LiveFace.Redaction.Tests;

/// <summary>Which methods of an assembly call one, as their compiled code has it; in the assembly that defines it, too.</summary>
internal static class Callers
{
    private const int MethodTable = 0x06;
    private const int MemberTable = 0x0A;

    public static List<string> Of(string file, string type, string member)
    {
        var callers = new List<string>();
        using var image = new PEReader(File.OpenRead(file));
        var reader = image.GetMetadataReader();
        foreach (var method in reader.MethodDefinitions.Select(reader.GetMethodDefinition).Where(method => method.RelativeVirtualAddress != 0))
            if (Tokens(image.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()!, reader).Any(token => Is(reader, token, type, member)))
                callers.Add($"{NameOf(reader, method.GetDeclaringType())}.{reader.GetString(method.Name)}");
        return callers;
    }

    // Every place that could hold the token of a method, whatever instruction stands before it.
    private static IEnumerable<EntityHandle> Tokens(byte[] code, MetadataReader reader)
    {
        for (var i = 0; i + 4 <= code.Length; i++)
        {
            var token = BitConverter.ToInt32(code, i);
            var row = token & 0xFFFFFF;
            if (row > 0 && (token >> 24 == MethodTable && row <= reader.MethodDefinitions.Count || token >> 24 == MemberTable && row <= reader.MemberReferences.Count))
                yield return MetadataTokens.EntityHandle(token);
        }
    }

    private static bool Is(MetadataReader reader, EntityHandle token, string type, string member)
    {
        if (token.Kind == HandleKind.MethodDefinition)
        {
            var method = reader.GetMethodDefinition((MethodDefinitionHandle)token);
            return reader.GetString(method.Name) == member && NameOf(reader, method.GetDeclaringType()) == type;
        }

        var reference = reader.GetMemberReference((MemberReferenceHandle)token);
        if (reader.GetString(reference.Name) != member || reference.Parent.Kind != HandleKind.TypeReference)
            return false;
        var parent = reader.GetTypeReference((TypeReferenceHandle)reference.Parent);
        return $"{reader.GetString(parent.Namespace)}.{reader.GetString(parent.Name)}" == type;
    }

    private static string NameOf(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        return $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}";
    }
}
