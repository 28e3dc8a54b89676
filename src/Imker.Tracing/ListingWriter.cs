using Imker.Rendering;
using Imker.Script.Listing;

namespace Imker.Tracing;

/// <summary>Writes a list of probes as bpftrace does: a name a line, arguments indented below. Names come from foreign files.</summary>
public static class ListingWriter
{
    /// <returns>How many there were.</returns>
    public static int Write(IEnumerable<ListedProbe> probes, BatchedOutput output)
    {
        ArgumentNullException.ThrowIfNull(probes);
        ArgumentNullException.ThrowIfNull(output);
        int count = 0;
        foreach (ListedProbe probe in probes)
        {
            WriteLine(output, probe.Name);
            foreach (string argument in probe.Arguments)
                WriteLine(output, "    " + argument);
            output.FlushIfFull();
            count++;
        }
        output.Flush();
        return count;
    }

    private static void WriteLine(BatchedOutput output, string text)
    {
        Escape.Text(output.Text, text, TextEscaping.Line);
        output.Text.Write((byte)'\n');
    }
}
