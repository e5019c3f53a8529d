using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace LiveFace.Architecture.Tests.Faults;

/// <summary>Names of types as metadata has them, as far as exceptions are concerned.</summary>
internal sealed class TypeNames : ISignatureTypeProvider<string, object?>
{
    private static readonly TypeNames Provider = new();

    public static bool IsEverything(string type) => type is "System.Exception" or "System.Object";

    public static string Of(MetadataReader reader, EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeReference => Provider.GetTypeFromReference(reader, (TypeReferenceHandle)handle, 0),
        HandleKind.TypeDefinition => Provider.GetTypeFromDefinition(reader, (TypeDefinitionHandle)handle, 0),
        HandleKind.TypeSpecification => reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(Provider, null),
        _ => "",
    };

    /// <summary>Whether a method takes an exception, or belongs to something generic over exceptions, as a delegate that takes one.</summary>
    public static bool TakesException(MetadataReader reader, EntityHandle method)
    {
        if (method.Kind == HandleKind.MethodSpecification)
            method = reader.GetMethodSpecification((MethodSpecificationHandle)method).Method;
        if (method.Kind == HandleKind.MethodDefinition)
            return IsAmong(reader.GetMethodDefinition((MethodDefinitionHandle)method).DecodeSignature(Provider, null));
        var member = reader.GetMemberReference((MemberReferenceHandle)method);
        return IsAmong(member.DecodeMethodSignature(Provider, null))
            || (member.Parent.Kind == HandleKind.TypeSpecification && Of(reader, member.Parent).Contains("Exception>", StringComparison.Ordinal));
    }

    /// <summary>Whether a field can hold an exception.</summary>
    public static bool KeepsException(MetadataReader reader, EntityHandle field)
    {
        var type = field.Kind == HandleKind.FieldDefinition
            ? reader.GetFieldDefinition((FieldDefinitionHandle)field).DecodeSignature(Provider, null)
            : reader.GetMemberReference((MemberReferenceHandle)field).DecodeFieldSignature(Provider, null);
        return IsEverything(type);
    }

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => $"System.{typeCode}";

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
    {
        var type = reader.GetTypeDefinition(handle);
        return $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}";
    }

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        var type = reader.GetTypeReference(handle);
        return $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}";
    }

    public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        Of(reader, handle);

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => $"{genericType}<{string.Join(',', typeArguments)}>";

    public string GetSZArrayType(string elementType) => elementType + "[]";

    public string GetArrayType(string elementType, ArrayShape shape) => elementType + "[,]";

    public string GetByReferenceType(string elementType) => elementType + "&";

    public string GetPointerType(string elementType) => elementType + "*";

    public string GetPinnedType(string elementType) => elementType;

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

    public string GetFunctionPointerType(MethodSignature<string> signature) => "function";

    public string GetGenericMethodParameter(object? genericContext, int index) => $"!!{index}";

    public string GetGenericTypeParameter(object? genericContext, int index) => $"!{index}";

    private static bool IsAmong(MethodSignature<string> signature) => signature.ParameterTypes.Any(type => type.EndsWith("Exception", StringComparison.Ordinal));
}
