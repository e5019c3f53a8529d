using Microsoft.Win32.SafeHandles;

namespace LiveFace.Media.Images.Png;

/// <summary>One encoder's or decoder's context.</summary>
internal sealed class SpngHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public SpngHandle(int flags)
        : base(ownsHandle: true) => SetHandle(Spng.NewContext(flags));

    protected override bool ReleaseHandle()
    {
        Spng.FreeContext(handle);
        return true;
    }
}
