using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using LiveFace.Benchmarks;
using LiveFace.Benchmarks.FrameCost;
using LiveFace.Benchmarks.Relays;

// Named ones measure beside a peer in the same run; anything else goes to BenchmarkDotNet (`-- --filter '*Effect*'`).
switch (args)
{
    case ["effects-opencv", ..]:
        return EffectsBesideOpenCv.Run();
    case ["outlines-opencv", ..]:
        return OutlinesBesideOpenCv.Run();
    case ["remove-opencv", .. var rest]:
        return RemoveBesideOpenCv.Run(Number(rest, 0, 6));
    case ["pictures-opencv", ..]:
        return PicturesBesideOpenCv.Run();
    case ["codecs-ffmpeg", ..]:
        return CodecsBesideFfmpeg.Run();
    case ["srtp", ..]:
        return SrtpBesideLibsrtp.Run();
    case ["fan-out", .. var rest]:
        return await FanOut.RunAsync(Number(rest, 0, 200), Number(rest, 1, 10));
    case ["fan-out-viewers", .. var rest]:
        return await FanOut.ViewAsync(Number(rest, 0, 0), Number(rest, 1, 0), Number(rest, 2, 0));
    case ["relay", .. var rest]:
        return await RelayCost.RunAsync(Number(rest, 0, 200), Number(rest, 1, 10));
    case ["relay-node", var owner, .. var rest]:
        return await RelayNode.RunAsync(owner, Number(rest, 0, 0), Number(rest, 1, 10));
    case ["frame-cost", .. var rest]:
        return await FrameCostRun.RunAsync(Number(rest, 0, 60));
    case ["sandbox-cost", .. var rest]:
        return SandboxCost.Run(Number(rest, 0, 1), Number(rest, 1, 30));
    case ["detect-cost", var picture, .. var rest]:
        return await DetectCost.RunAsync(picture, Number(rest, 0, 100), rest.ElementAtOrDefault(1));
    case ["framing-cost", .. var rest]:
        return FramingCost.Run(Number(rest, 0, 400));
    case ["search", .. var rest]:
        return SearchCost.Run(Number(rest, 0, 1_000_000));
    case ["handover", .. var rest]:
        return await Handover.RunAsync(Number(rest, 0, 1000));
    case ["frame-cost-camera", .. var rest]:
        return await Camera.RunAsync(Number(rest, 0, 0));
    default:
        BenchmarkSwitcher.FromAssembly(typeof(EffectsBesideOpenCv).Assembly).Run(
            // On a busy machine the generated project takes longer than the usual two minutes to build.
            args, ManualConfig.Create(DefaultConfig.Instance).WithBuildTimeout(TimeSpan.FromMinutes(15)));
        return 0;
}

static int Number(string[] arguments, int at, int otherwise) =>
    arguments.Length > at && int.TryParse(arguments[at], out var number) ? number : otherwise;
