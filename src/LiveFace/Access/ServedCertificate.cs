using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;

namespace LiveFace.Access;

/// <summary>
/// The certificate that connections get, with its chain. A renewed file is taken up without a restart: the files are looked
/// at when somebody connects, at most every few seconds; one that cannot be read leaves the old one in place.
/// </summary>
internal sealed partial class ServedCertificate
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private readonly HttpsOptions _options;
    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly ILogger<ServedCertificate> _logger;
    private readonly Lock _lock = new();
    private SslStreamCertificateContext _current;
    private DateTime _written;
    private long _lookedAt;

    public ServedCertificate(HttpsOptions options, string folder, TimeProvider time, ILogger<ServedCertificate> logger)
    {
        (_options, _folder, _time, _logger) = (options, folder, time, logger);
        _written = Written();
        _current = Load();
        _lookedAt = time.GetTimestamp();
    }

    public SslStreamCertificateContext Current()
    {
        lock (_lock)
        {
            if (!string.IsNullOrEmpty(_options.Certificate) && _time.GetElapsedTime(_lookedAt) >= LookEvery)
            {
                _lookedAt = _time.GetTimestamp();
                Renew();
            }

            return _current;
        }
    }

    private void Renew()
    {
        var written = Written();
        if (written == _written)
            return;
        try
        {
            _current = Load();
            _written = written;
            LogRenewed(_logger, _current.TargetCertificate.NotAfter);
        }
        catch (Exception e) when (e is OptionsValidationException or CryptographicException or IOException or UnauthorizedAccessException)
        {
            LogUnreadable(_logger, e.Message);
        }
    }

    private DateTime Written() => new[] { _options.Certificate, _options.Key }
        .Where(file => !string.IsNullOrEmpty(file)).Select(file => File.GetLastWriteTimeUtc(file!)).DefaultIfEmpty().Max();

    private SslStreamCertificateContext Load()
    {
        var (certificate, chain) = ServerCertificate.Load(_options, _folder, _time);
        return SslStreamCertificateContext.Create(certificate, chain, offline: true);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The renewed certificate is served; it is good until {NotAfter:u}")]
    private static partial void LogRenewed(ILogger logger, DateTime notAfter);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The renewed certificate is not served: {Problem}")]
    private static partial void LogUnreadable(ILogger logger, string problem);
}
