using Microsoft.Extensions.Options;

namespace LiveFace.Storage.Objects;

/// <summary>A bucket of an S3 in which the files of jobs lie for workers on other machines; section <c>ObjectStore</c>.</summary>
internal sealed class ObjectStoreOptions
{
    public const string Section = "ObjectStore";

    /// <summary>The bucket; null: workers reach the folder of films itself.</summary>
    public string? Bucket { get; set; }

    /// <summary>The address of an S3 that is not Amazon's, such as http://minio:9000.</summary>
    public string? Url { get; set; }

    public string Region { get; set; } = "us-east-1";

    /// <summary>The access key and its secret; null: where the SDK finds them, as on Amazon's machines.</summary>
    public string? AccessKey { get; set; }

    public string? SecretKey { get; set; }
}

internal sealed class ObjectStoreOptionsValidator : IValidateOptions<ObjectStoreOptions>
{
    public ValidateOptionsResult Validate(string? name, ObjectStoreOptions options)
    {
        var errors = new List<string>();
        if (options.Bucket is { } bucket && string.IsNullOrWhiteSpace(bucket))
            errors.Add("ObjectStore:Bucket: must name a bucket, or be left out.");
        if (options.Url is { } url && !(Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            errors.Add("ObjectStore:Url: must be an address such as https://s3.example.org.");
        if (options.AccessKey is null != options.SecretKey is null)
            errors.Add("ObjectStore:SecretKey: goes with ObjectStore:AccessKey, and that with it.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
