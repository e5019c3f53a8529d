namespace LiveFace.Features.Files.Marked;

/// <summary>The parts of the form, for the API's document alone; <see cref="MarkedPicture"/> reads them.</summary>
internal sealed record RedactionForm(IFormFile Picture, RedactionOrder? Redaction = null);
