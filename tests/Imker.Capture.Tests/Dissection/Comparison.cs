using System.Text;

namespace Imker.Capture.Tests.Dissection;

/// <summary>How many packets print alike, and those that do not.</summary>
internal sealed class Comparison(string flags)
{
    private const int ShownDifferences = 12;

    private readonly StringBuilder differences = new();

    public int Count { get; private set; }

    public int Different { get; private set; }

    public void Add(byte[] packet, string theirs, string ours)
    {
        Count++;
        if (theirs == ours)
            return;
        if (++Different <= ShownDifferences)
            differences.Append("theirs ").Append(theirs).Append("ours   ").Append(ours).Append("bytes  ").AppendLine(Convert.ToHexStringLower(packet));
    }

    public override string ToString() => $"{Different} of {Count} differ with {flags}\n{differences}";
}
