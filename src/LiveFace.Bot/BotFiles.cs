using LiveFace.Bot.Texts;
using Telegram.Bot;
using Telegram.Bot.Exceptions;

namespace LiveFace.Bot;

/// <summary>Files of messages, fetched into memory and never onto a disk.</summary>
internal sealed class BotFiles(ITelegramBotClient bot, int mostMiB)
{
    private const int Mebibyte = 1 << 20;

    /// <exception cref="BotRefusal">The file is larger than the Bot API hands out, whatever was said of its size before.</exception>
    public async Task<byte[]> FetchAsync(BotFile file, CancellationToken cancel)
    {
        var most = (long)mostMiB * Mebibyte;
        if (file.Bytes > most)
            throw TooLarge();
        using var bytes = new BoundedBuffer(most);
        try
        {
            var found = await bot.GetFile(file.Id, cancel);
            if (found.FileSize > most)
                throw TooLarge();
            await bot.DownloadFile(found, bytes, cancel);
        }
        catch (ApiRequestException refused) when (refused.Message.Contains("too big", StringComparison.OrdinalIgnoreCase))
        {
            throw TooLarge();
        }
        catch (ApiRequestException refused) when (refused.ErrorCode is 400 or 404)
        {
            throw new BotRefusal(Phrase.PictureGone);
        }
        catch (RequestException) when (bytes.IsFull)
        {
            throw TooLarge();
        }

        return bytes.ToArray();
    }

    private BotRefusal TooLarge() => new(Phrase.FileTooLarge, mostMiB);

    /// <summary>Takes so many bytes and no more.</summary>
    private sealed class BoundedBuffer(long most) : MemoryStream
    {
        public bool IsFull { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Require(buffer.Length);
            base.Write(buffer);
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            Require(count);
            base.Write(buffer, offset, count);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            Require(count);
            return base.WriteAsync(buffer, offset, count, cancellationToken);
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Require(buffer.Length);
            return base.WriteAsync(buffer, cancellationToken);
        }

        private void Require(int more)
        {
            if (Length + more <= most)
                return;
            IsFull = true;
            throw new IOException("The file is larger than was said.");
        }
    }
}
