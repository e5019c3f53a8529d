using System.Net;
using System.Net.Sockets;
using System.Text;
using LiveFace.Features.Files.Uploads;
using LiveFace.Http;
using LiveFace.Tests.Serving;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFace.Tests.Files.Uploads;

internal sealed class DrippingBody(Action beforeEach) : UploadBody
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        beforeEach();
        return ValueTask.FromResult(1024);
    }
}
