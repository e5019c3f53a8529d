using BenchmarkDotNet.Running;
using LiveFace.Benchmarks;

// Named ones measure beside a peer in the same run; anything else goes to BenchmarkDotNet (`-- --filter '*Effect*'`).
switch (args)
{
    case ["effects-opencv", ..]:
        return EffectsBesideOpenCv.Run();
    case ["pictures-opencv", ..]:
        return PicturesBesideOpenCv.Run();
    case ["codecs-ffmpeg", ..]:
        return CodecsBesideFfmpeg.Run();
    case ["srtp", ..]:
        return SrtpBesideLibsrtp.Run();
    default:
        BenchmarkSwitcher.FromAssembly(typeof(EffectsBesideOpenCv).Assembly).Run(args);
        return 0;
}
