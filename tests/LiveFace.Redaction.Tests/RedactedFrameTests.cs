using System.Reflection;
using System.Runtime.CompilerServices;
using LiveFace.Media.Codecs;
using LiveFace.Media.Frames;
using LiveFace.Media.Images.Files;

namespace LiveFace.Redaction.Tests;

/// <summary>Keeps the type that carries the promise closed: these tests fail when it is ever opened.</summary>
public sealed class RedactedFrameTests
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance |
        BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public void Its_only_constructor_that_takes_a_picture_is_internal()
    {
        var constructor = typeof(RedactedFrame).GetConstructors(All).ShouldHaveSingleItem();
        constructor.IsAssembly.ShouldBeTrue();
        typeof(RedactedFrame).GetFields(All).ShouldAllBe(field => field.IsPrivate && field.IsInitOnly);
        typeof(RedactedFrame).GetMethods(All).ShouldAllBe(method =>
            !method.IsStatic || method.ReturnType != typeof(RedactedFrame));
    }

    [Fact]
    public void Only_the_redaction_library_and_tests_of_parsers_see_the_constructor_and_ClosedTypesTests_who_uses_it() =>
        typeof(RedactedFrame).Assembly.GetCustomAttributes<InternalsVisibleToAttribute>()
            .Select(friend => friend.AssemblyName)
            .ShouldBeSubsetOf(["LiveFace.Redaction", "LiveFace.Media.Tests", "LiveFace.Fuzz"]);

    [Fact]
    public void In_the_redaction_library_only_the_redactor_calls_the_constructor()
    {
        Makers(typeof(Redactor).Assembly).ShouldBe(
            [$"{nameof(Redactor)}.{nameof(Redactor.Cover)}", $"{nameof(Redactor)}.{nameof(Redactor.Redact)}"], ignoreOrder: true);

        // A decoder's worker warms up with a picture of its own making, in one colour.
        Makers(typeof(RedactedFrame).Assembly).ShouldBe(["WarmUp.Run"]);
    }

    [Fact]
    public void Whatever_encodes_or_writes_takes_nothing_but_redacted_frames()
    {
        typeof(IVideoEncoder).GetMethod(nameof(IVideoEncoder.Encode))!.GetParameters()[0].ParameterType
            .ShouldBe(typeof(RedactedFrame));
        var types = typeof(IVideoEncoder).Assembly.GetTypes().Where(type =>
            typeof(IVideoEncoder).IsAssignableFrom(type) || type == typeof(ImageFile) || type.Name.EndsWith("Writer", StringComparison.Ordinal)).ToArray();
        types.Length.ShouldBeGreaterThan(7, "the live encoders, three kinds of picture file and FFmpeg");
        foreach (var type in types)
            type.GetMethods(All).Where(method => !method.IsPrivate).ShouldAllBe(method =>
                method.GetParameters().All(parameter => parameter.ParameterType != typeof(VideoFrame)), type.Name);
    }

    [Fact]
    public void An_empty_value_has_no_picture() =>
        Should.Throw<InvalidOperationException>(() => default(RedactedFrame).Picture);

    private static string[] Makers(Assembly assembly) =>
    [
        .. from type in assembly.GetTypes()
           from method in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All))
           where Calls(method)
           select $"{type.Name}.{method.Name}",
    ];

    // Every place in a method's code that holds the token of the constructor, whatever instruction stands before it.
    private static bool Calls(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var i = 0; i + 4 <= code.Length; i++)
        {
            var token = BitConverter.ToInt32(code, i);
            if (token >> 24 is not (0x06 or 0x0a))
                continue;
            try
            {
                if (method.Module.ResolveMethod(token) is ConstructorInfo { DeclaringType: var type } && type == typeof(RedactedFrame))
                    return true;
            }
            catch (Exception error) when (error is ArgumentException or BadImageFormatException)
            {
                // Four bytes that only look like a token.
            }
        }

        return false;
    }
}
