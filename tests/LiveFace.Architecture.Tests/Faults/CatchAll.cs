using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace LiveFace.Architecture.Tests.Faults;

/// <summary>
/// A handler that catches every exception, as compiled code has it. It speaks when it throws on, or hands what it caught to
/// something that takes an exception: a report, a task, a log. One that only reads its message is silent, as is one that drops it.
/// </summary>
internal static class CatchAll
{
    /// <summary>The methods of an assembly with a silent one, each as often as it has any.</summary>
    public static IEnumerable<string> FindSilent(string assembly)
    {
        using var image = new PEReader(File.OpenRead(assembly));
        var reader = image.GetMetadataReader();
        foreach (var handle in reader.MethodDefinitions)
        {
            var method = reader.GetMethodDefinition(handle);
            if (method.RelativeVirtualAddress == 0)
                continue;
            var body = image.GetMethodBody(method.RelativeVirtualAddress);
            foreach (var region in body.ExceptionRegions)
                if (CatchesAll(reader, body, region) && IsSilent(reader, body, region))
                    yield return NameOf(reader, method);
        }
    }

    private static bool CatchesAll(MetadataReader reader, MethodBodyBlock body, ExceptionRegion region) => region.Kind switch
    {
        ExceptionRegionKind.Catch => TypeNames.IsEverything(TypeNames.Of(reader, region.CatchType)),
        // 'when' that asks neither for kinds of exceptions nor somebody who tells them apart.
        ExceptionRegionKind.Filter => Instructions.Read(body, region.FilterOffset, region.HandlerOffset).All(one => one.Code.Name switch
        {
            "isinst" => TypeNames.IsEverything(TypeNames.Of(reader, one.Token)),
            "call" or "callvirt" => !TypeNames.TakesException(reader, one.Token),
            _ => true,
        }),
        _ => false,
    };

    private static bool IsSilent(MetadataReader reader, MethodBodyBlock body, ExceptionRegion region)
    {
        var handler = Instructions.Read(body, region.HandlerOffset, region.HandlerOffset + region.HandlerLength).ToList();
        if (handler.Exists(one => one.Code.Name is "rethrow" or "throw"))
            return false;

        // The compiler's own, around 'await using' and the like, keeps what it caught and throws it later.
        var isCompilers = region.Kind == ExceptionRegionKind.Catch && TypeNames.Of(reader, region.CatchType) == "System.Object";
        if (isCompilers)
            return handler[0].Code.Name == "pop";

        // A handler with 'await' in it goes on behind itself, with what it, or its filter, kept.
        var before = region.Kind == ExceptionRegionKind.Filter ? Instructions.Read(body, region.FilterOffset, region.HandlerOffset) : [];
        return !handler.Exists(one => one.Code.Name is "call" or "callvirt" or "newobj" && TypeNames.TakesException(reader, one.Token))
            && !before.Concat(handler).Any(one => one.Code.Name == "stfld" && TypeNames.KeepsException(reader, one.Token));
    }

    private static string NameOf(MetadataReader reader, MethodDefinition method)
    {
        var names = new Stack<string>([reader.GetString(method.Name)]);
        for (var type = method.GetDeclaringType(); !type.IsNil; type = reader.GetTypeDefinition(type).GetDeclaringType())
            names.Push(reader.GetString(reader.GetTypeDefinition(type).Name));
        return string.Join('.', names);
    }
}
