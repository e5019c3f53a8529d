using System.Runtime.InteropServices;
using LiveFace.Vision.Inference;

namespace LiveFace.Vision.Tests.Inference;

/// <summary>An anonymiser does not report to anybody, and neither does what it is built on.</summary>
public sealed partial class RuntimeTelemetryTests
{
    [Fact]
    public void The_runtime_is_told_to_report_nothing_before_it_starts()
    {
        _ = new InferenceOptions().Fault();
        Marshal.PtrToStringUTF8(GetEnvironment(RuntimeTelemetry.Switch)).ShouldBe("1");
    }

    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetEnvironment(string name);
}
