using System.Net;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace LiveFace.Storage.Objects;

/// <summary>A bucket. Files go in and out as they lie on the disk: with a key for films that is encrypted.</summary>
internal sealed class ObjectBucket : IDisposable
{
    /// <summary>The parts of a large file: 10,000 of them may be.</summary>
    private const long PartBytes = 16 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    private readonly AmazonS3Client _client;
    private readonly string _bucket;

    public ObjectBucket(ObjectStoreOptions options)
    {
        _bucket = options.Bucket ?? throw new ArgumentException("There is no bucket.", nameof(options));
        var settings = new AmazonS3Config
        {
            AuthenticationRegion = options.Region, Timeout = Patience, MaxErrorRetry = 2,
            // Other S3s do not know the checksums behind a body that Amazon's does.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED, ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (options.Url is { } url)
            (settings.ServiceURL, settings.ForcePathStyle, settings.UseHttp) = (url, true, url.StartsWith("http:", StringComparison.Ordinal));
        else
            settings.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        _client = options.AccessKey is { } key ? new AmazonS3Client(new BasicAWSCredentials(key, options.SecretKey), settings) : new AmazonS3Client(settings);
    }

    /// <summary>Whether an error is one of the store, and may be gone when it is tried again.</summary>
    public static bool IsFault(Exception error) => error is AmazonServiceException or AmazonClientException or HttpRequestException or WebException or TimeoutException;

    /// <summary>Whether the object is not there.</summary>
    public static bool IsMissing(Exception error) => error is AmazonS3Exception { StatusCode: HttpStatusCode.NotFound };

    /// <summary>Puts a file there; a large one in parts. The object is there once it is whole.</summary>
    public async Task PutAsync(string key, string path, CancellationToken cancel)
    {
        var length = new FileInfo(path).Length;
        if (length <= PartBytes)
        {
            await _client.PutObjectAsync(new PutObjectRequest { BucketName = _bucket, Key = key, FilePath = path, UseChunkEncoding = false }, cancel);
            return;
        }

        var upload = await _client.InitiateMultipartUploadAsync(new InitiateMultipartUploadRequest { BucketName = _bucket, Key = key }, cancel);
        try
        {
            var parts = new List<PartETag>();
            for (long at = 0; at < length; at += PartBytes)
            {
                var part = await _client.UploadPartAsync(new UploadPartRequest
                {
                    BucketName = _bucket, Key = key, UploadId = upload.UploadId, PartNumber = parts.Count + 1, FilePath = path, FilePosition = at,
                    PartSize = Math.Min(PartBytes, length - at), UseChunkEncoding = false,
                }, cancel);
                parts.Add(new PartETag(parts.Count + 1, part.ETag));
            }

            await _client.CompleteMultipartUploadAsync(
                new CompleteMultipartUploadRequest { BucketName = _bucket, Key = key, UploadId = upload.UploadId, PartETags = parts }, cancel);
        }
        catch
        {
            await AbortAsync(key, upload.UploadId);
            throw;
        }
    }

    /// <summary>How many bytes an object has.</summary>
    public async Task<long> LengthAsync(string key, CancellationToken cancel) => (await _client.GetObjectMetadataAsync(_bucket, key, cancel)).ContentLength;

    /// <summary>Brings an object to a file, which has its name once it is whole.</summary>
    public async Task GetAsync(string key, string path, CancellationToken cancel)
    {
        var part = path + ".part";
        try
        {
            using (var answer = await _client.GetObjectAsync(_bucket, key, cancel))
            await using (var file = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                await answer.ResponseStream.CopyToAsync(file, cancel);
                if (file.Length != answer.ContentLength)
                    throw new HttpRequestException($"{key} broke off.");
            }

            File.Move(part, path, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>The first parts of all keys, before their first slash.</summary>
    public async Task<List<string>> FoldersAsync(CancellationToken cancel)
    {
        var folders = new List<string>();
        var request = new ListObjectsV2Request { BucketName = _bucket, Delimiter = "/" };
        ListObjectsV2Response page;
        do
        {
            page = await _client.ListObjectsV2Async(request, cancel);
            folders.AddRange((page.CommonPrefixes ?? []).Select(prefix => prefix.TrimEnd('/')));
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
        return folders;
    }

    /// <summary>Deletes all objects whose keys begin so.</summary>
    public async Task DeleteAllAsync(string prefix, CancellationToken cancel)
    {
        ListObjectsV2Response page;
        do
        {
            page = await _client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = _bucket, Prefix = prefix }, cancel);
            foreach (var one in page.S3Objects ?? [])
                await _client.DeleteObjectAsync(_bucket, one.Key, cancel);
        }
        while (page.IsTruncated == true);
    }

    /// <summary>Parts that became no object are paid for, too.</summary>
    private async Task AbortAsync(string key, string upload)
    {
        try
        {
            await _client.AbortMultipartUploadAsync(new AbortMultipartUploadRequest { BucketName = _bucket, Key = key, UploadId = upload }, CancellationToken.None);
        }
        catch (Exception error) when (IsFault(error))
        {
            // The store is away. A rule of the bucket's that deletes what was not completed does it.
        }
    }

    public void Dispose() => _client.Dispose();
}
