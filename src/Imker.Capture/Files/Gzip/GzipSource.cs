namespace Imker.Capture;

/// <summary>
/// The packed bytes of a gzip file, with one more behind their end. The framework's decoder asks for more in either case, whether the
/// file was cut or ends between members, and says nothing; but only in a member that was cut does it make anything of that byte. (Its
/// switch System.IO.Compression.UseStrictValidation would tell too, yet it is the whole process's and not a library's to set.)
/// </summary>
internal sealed class GzipSource(CaptureInput input) : ForwardStream
{
    // The first byte of no member's header.
    private const byte Sentinel = 0xff;

    private bool wasAskedBehind;

    internal string Name => input.Name;

    /// <summary>Whether the file's own bytes have all been taken, and the one behind them.</summary>
    internal bool HasEnded { get; private set; }

    /// <summary>Whether the decoder has used the byte behind the file's end: it unpacked something after it, or wanted still more.</summary>
    internal bool IsBehindEnd(int unpacked) => HasEnded && (unpacked > 0 || wasAskedBehind);

    public override int Read(Span<byte> buffer)
    {
        if (HasEnded)
        {
            wasAskedBehind = true;
            return 0;
        }
        if (!input.TryHave(1))
        {
            HasEnded = true;
            buffer[0] = Sentinel;
            return 1;
        }
        int count = Math.Min(buffer.Length, input.Window.Length);
        input.Window[..count].CopyTo(buffer);
        input.Consume(count);
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            input.Dispose();
        base.Dispose(disposing);
    }
}
