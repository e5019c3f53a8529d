namespace LiveFace.Media.Sandbox;

internal enum WorkerOperation
{
    DecodeFrame,
    ReadPicture,
    ReadPictureWithAlpha,
}
