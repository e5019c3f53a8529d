/* The native decoders as the server's workers use them, fed with damaged copies of a whole stream or picture, to be run under
 * valgrind: each frame lies in memory of exactly its size, and each sample that is given back is read, so that a step over
 * either edge is seen.
 *
 * usage: decoders vp8|vp9|h264|jpeg|png|webp FILE SEED COUNT
 *   vp8, vp9: IVF; h264: Annex B. The first of COUNT copies is whole. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <spng.h>
#include <turbojpeg.h>
#include <vpx/vp8dx.h>
#include <vpx/vpx_decoder.h>
#include <webp/decode.h>
#include <wels/codec_api.h>

enum { MOST_FRAMES = 64, MOST_PIXELS = 1 << 20 };

struct part { const uint8_t *start; size_t bytes; };

static uint64_t chance;
static unsigned long pictures;
static volatile unsigned sum;

static uint32_t next_chance(void)
{
    chance ^= chance << 13;
    chance ^= chance >> 7;
    chance ^= chance << 17;
    return (uint32_t)(chance >> 16);
}

/* Some bytes changed, a run repeated, or the end cut off. */
static size_t damage(uint8_t *data, size_t bytes)
{
    uint32_t kind = next_chance() % 8;
    if (bytes < 4)
        return bytes;
    if (kind == 0)
        return 1 + next_chance() % bytes;
    if (kind == 1) {
        size_t from = next_chance() % bytes, to = next_chance() % bytes, run = next_chance() % 32;
        for (size_t i = 0; i < run && from + i < bytes && to + i < bytes; i++)
            data[to + i] = data[from + i];
        return bytes;
    }
    /* Headers are at the front. */
    size_t within = kind < 5 && bytes > 48 ? 48 : bytes;
    for (uint32_t i = 1 + next_chance() % 6; i > 0; i--)
        data[next_chance() % within] = kind % 2 ? (uint8_t)next_chance() : (uint8_t)(data[next_chance() % within] ^ (1u << next_chance() % 8));
    return bytes;
}

static uint8_t *copy_of(struct part part, int damaged, size_t *bytes)
{
    uint8_t *whole = malloc(part.bytes);
    memcpy(whole, part.start, part.bytes);
    *bytes = damaged ? damage(whole, part.bytes) : part.bytes;
    uint8_t *exact = malloc(*bytes);
    memcpy(exact, whole, *bytes);
    free(whole);
    return exact;
}

static void read_plane(const uint8_t *plane, int stride, int width, int height)
{
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            sum += plane[(ptrdiff_t)y * stride + x];
}

static void decode_vpx(vpx_codec_iface_t *codec, const struct part *parts, int count, int damaged)
{
    vpx_codec_ctx_t context;
    vpx_codec_dec_cfg_t settings = { .threads = 1 };
    if (vpx_codec_dec_init(&context, codec, &settings, 0) != VPX_CODEC_OK)
        abort();
    for (int i = 0; i < count; i++) {
        size_t bytes;
        uint8_t *frame = copy_of(parts[i], damaged && next_chance() % 3 == 0, &bytes);
        vpx_codec_stream_info_t info = { .sz = sizeof info };
        /* The server refuses what is larger before it decodes. */
        int fits = vpx_codec_peek_stream_info(codec, frame, (unsigned)bytes, &info) != VPX_CODEC_OK
            || (uint64_t)info.w * info.h <= MOST_PIXELS;
        if (fits && vpx_codec_decode(&context, frame, (unsigned)bytes, NULL, 0) == VPX_CODEC_OK) {
            vpx_codec_iter_t at = NULL;
            for (vpx_image_t *image; (image = vpx_codec_get_frame(&context, &at)) != NULL; pictures++)
                for (int plane = 0; plane < 3; plane++)
                    read_plane(image->planes[plane], image->stride[plane],
                        (int)(plane ? (image->d_w + image->x_chroma_shift) >> image->x_chroma_shift : image->d_w),
                        (int)(plane ? (image->d_h + image->y_chroma_shift) >> image->y_chroma_shift : image->d_h));
        }
        free(frame);
    }
    vpx_codec_destroy(&context);
}

static void decode_h264(const struct part *parts, int count, int damaged)
{
    ISVCDecoder *decoder;
    SDecodingParam settings;
    int quiet = WELS_LOG_QUIET;
    memset(&settings, 0, sizeof settings);
    settings.eEcActiveIdc = ERROR_CON_DISABLE;
    settings.sVideoProperty.size = sizeof settings.sVideoProperty;
    settings.sVideoProperty.eVideoBsType = VIDEO_BITSTREAM_AVC;
    if (WelsCreateDecoder(&decoder) != 0)
        abort();
    (*decoder)->SetOption(decoder, DECODER_OPTION_TRACE_LEVEL, &quiet);
    if ((*decoder)->Initialize(decoder, &settings) != 0)
        abort();
    for (int i = 0; i < count; i++) {
        size_t bytes;
        uint8_t *unit = copy_of(parts[i], damaged && next_chance() % 3 == 0, &bytes);
        uint8_t *planes[3] = { NULL, NULL, NULL };
        SBufferInfo info;
        memset(&info, 0, sizeof info);
        if ((*decoder)->DecodeFrameNoDelay(decoder, unit, (int)bytes, planes, &info) == dsErrorFree && info.iBufferStatus == 1) {
            SSysMEMBuffer size = info.UsrData.sSystemBuffer;
            pictures++;
            read_plane(planes[0], size.iStride[0], size.iWidth, size.iHeight);
            read_plane(planes[1], size.iStride[1], size.iWidth / 2, size.iHeight / 2);
            read_plane(planes[2], size.iStride[1], size.iWidth / 2, size.iHeight / 2);
        }
        free(unit);
    }
    (*decoder)->Uninitialize(decoder);
    WelsDestroyDecoder(decoder);
}

static void decode_jpeg(const uint8_t *file, size_t bytes)
{
    tjhandle decoder = tjInitDecompress();
    int width, height, sampling, space;
    if (tjDecompressHeader3(decoder, file, bytes, &width, &height, &sampling, &space) == 0 && (int64_t)width * height <= MOST_PIXELS) {
        uint8_t *pixels = malloc((size_t)width * height * 4);
        if (tjDecompress2(decoder, file, bytes, pixels, width, 0, height, TJPF_RGBA, TJFLAG_ACCURATEDCT | TJFLAG_LIMITSCANS) == 0)
            pictures++;
        free(pixels);
    }
    tjDestroy(decoder);
}

static void decode_png(const uint8_t *file, size_t bytes)
{
    spng_ctx *decoder = spng_ctx_new(0);
    struct spng_ihdr header;
    size_t size;
    spng_set_crc_action(decoder, SPNG_CRC_USE, SPNG_CRC_USE);
    if (spng_set_png_buffer(decoder, file, bytes) == 0 && spng_get_ihdr(decoder, &header) == 0
        && (uint64_t)header.width * header.height <= MOST_PIXELS && spng_decoded_image_size(decoder, SPNG_FMT_RGBA8, &size) == 0) {
        uint8_t *pixels = malloc(size);
        pictures += spng_decode_image(decoder, pixels, size, SPNG_FMT_RGBA8, SPNG_DECODE_TRNS) == 0;
        free(pixels);
    }
    spng_ctx_free(decoder);
}

static void decode_webp(const uint8_t *file, size_t bytes)
{
    WebPBitstreamFeatures features;
    if (WebPGetFeatures(file, bytes, &features) == VP8_STATUS_OK && (int64_t)features.width * features.height <= MOST_PIXELS) {
        size_t size = (size_t)features.width * features.height * 4;
        uint8_t *pixels = malloc(size);
        pictures += WebPDecodeRGBAInto(file, bytes, pixels, size, features.width * 4) != NULL;
        free(pixels);
    }
}

static uint32_t little_endian(const uint8_t *at)
{
    return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static int split_ivf(const uint8_t *file, size_t bytes, struct part *parts)
{
    int count = 0;
    for (size_t at = 32; at + 12 <= bytes && count < MOST_FRAMES;) {
        size_t frame = little_endian(file + at);
        if (at + 12 + frame > bytes)
            break;
        parts[count++] = (struct part){ file + at + 12, frame };
        at += 12 + frame;
    }
    return count;
}

/* An access unit begins with a delimiter (type 9). */
static int split_units(const uint8_t *file, size_t bytes, struct part *parts)
{
    int count = 0;
    for (size_t at = 0; at + 5 < bytes; at++) {
        if (memcmp(file + at, "\0\0\0\1", 4) != 0 || (file[at + 4] & 31) != 9)
            continue;
        if (count > 0)
            parts[count - 1].bytes = (size_t)(file + at - parts[count - 1].start);
        if (count == MOST_FRAMES)
            return count;
        parts[count++] = (struct part){ file + at, bytes - at };
    }
    return count;
}

int main(int argc, char **argv)
{
    if (argc != 5)
        return 2;
    const char *kind = argv[1];
    FILE *from = fopen(argv[2], "rb");
    if (from == NULL)
        return 2;
    fseek(from, 0, SEEK_END);
    size_t bytes = (size_t)ftell(from);
    rewind(from);
    uint8_t *file = malloc(bytes);
    if (fread(file, 1, bytes, from) != bytes)
        return 2;
    fclose(from);

    struct part parts[MOST_FRAMES] = { { file, bytes } };
    int count = kind[0] == 'v' ? split_ivf(file, bytes, parts) : kind[0] == 'h' ? split_units(file, bytes, parts) : 1;
    unsigned long seed = strtoul(argv[3], NULL, 10), copies = strtoul(argv[4], NULL, 10);
    for (unsigned long i = 0; i < copies; i++) {
        chance = (seed + i) * 0x9E3779B97F4A7C15u + 1;
        if (kind[0] == 'v') {
            decode_vpx(kind[2] == '8' ? vpx_codec_vp8_dx() : vpx_codec_vp9_dx(), parts, count, i > 0);
        } else if (kind[0] == 'h') {
            decode_h264(parts, count, i > 0);
        } else {
            size_t size;
            uint8_t *picture = copy_of(parts[0], i > 0, &size);
            if (kind[0] == 'j')
                decode_jpeg(picture, size);
            else if (kind[0] == 'p')
                decode_png(picture, size);
            else
                decode_webp(picture, size);
            free(picture);
        }
        if (i == 0 && pictures == 0) {
            fprintf(stderr, "%s: nothing can be decoded of it whole\n", argv[2]);
            return 2;
        }
    }
    printf("%lu copies, %lu pictures\n", copies, pictures);
    free(file);
    return 0;
}
