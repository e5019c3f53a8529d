using System.Collections.Frozen;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace LiveFace.Architecture.Tests.Faults;

/// <summary>One instruction of compiled code, with the member or type that it names, if any.</summary>
internal readonly record struct Instruction(OpCode Code, EntityHandle Token);

/// <summary>Reads compiled code instruction by instruction (ECMA-335, partition III).</summary>
internal static class Instructions
{
    private const byte TwoBytes = 0xFE;

    private static readonly FrozenDictionary<short, OpCode> Codes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToFrozenDictionary(code => code.Value);

    /// <summary>Those between two places of a method.</summary>
    public static IEnumerable<Instruction> Read(MethodBodyBlock body, int from, int to)
    {
        var code = body.GetILBytes()!;
        for (var at = from; at < to;)
        {
            var first = code[at++];
            var op = Codes[first == TwoBytes ? (short)((TwoBytes << 8) | code[at++]) : first];
            var operand = at;
            at += SizeOf(op, code, at);
            yield return new Instruction(op, op.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok
                ? MetadataTokens.EntityHandle(BitConverter.ToInt32(code, operand))
                : default);
        }
    }

    private static int SizeOf(OpCode op, byte[] code, int at) => op.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
        _ => 4,
    };
}
