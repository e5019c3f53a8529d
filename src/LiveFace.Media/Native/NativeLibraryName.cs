namespace LiveFace.Media.Native;

/// <summary>What a native library is called.</summary>
/// <param name="Import">The name that the imports use.</param>
/// <param name="DebianPackage">What to install when it is missing.</param>
/// <param name="Files">File names by which it may be found, the likeliest first.</param>
public sealed record NativeLibraryName(string Import, string DebianPackage, params string[] Files);
