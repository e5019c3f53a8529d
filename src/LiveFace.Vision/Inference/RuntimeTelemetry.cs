using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LiveFace.Vision.Inference;

/// <summary>
/// Keeps ONNX Runtime from reporting to its maker: unless told otherwise before it is first used, it makes an id for the
/// machine, keeps it in the user's cache folder and sends events about each session over the network.
/// </summary>
internal static partial class RuntimeTelemetry
{
    internal const string Switch = "ORT_DISABLE_TELEMETRY";

    /// <summary>
    /// The library reads the process's own environment, which <see cref="Environment.SetEnvironmentVariable(string, string)"/>
    /// does not change on Unix, so this goes through libc.
    /// </summary>
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "It has to come before whatever in this library first touches the runtime.")]
    internal static void SwitchOff()
    {
        if (OperatingSystem.IsWindows())
            Environment.SetEnvironmentVariable(Switch, "1");
        else
            _ = SetEnvironment(Switch, "1", overwrite: 1);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
