using System.Diagnostics;
using System.Globalization;

namespace Imker.Elf.Tests;

/// <summary>A line of <c>readelf --syms</c>.</summary>
internal sealed record ReadelfSymbol(
    string Table, int Number, ulong Value, ulong Size, string Type, string Binding, string Visibility, string Section, string Name, bool IsOldVersion)
{
    public bool IsFunction => Type is "FUNC" or "IFUNC" && Section is not ("UND" or "ABS") && Name.Length > 0;
}

/// <summary>The tool of binutils, as a second opinion.</summary>
internal static class Readelf
{
    public static string[] Run(params string[] arguments)
    {
        const string path = "/usr/bin/readelf";
        Assert.SkipUnless(File.Exists(path), "readelf is not installed: apt-get install binutils");
        using Process process = Process.Start(new ProcessStartInfo(path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> warnings = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal("", warnings.Result);
        Assert.Equal(0, process.ExitCode);
        return output.Split('\n');
    }

    public static IEnumerable<ReadelfSymbol> Parse(IEnumerable<string> lines)
    {
        string table = "";
        foreach (string line in lines)
        {
            if (line.StartsWith("Symbol table '", StringComparison.Ordinal))
                table = line.Split('\'')[1];
            // Binutils knows indirect functions only where the header says GNU.
            string[] columns = line.Replace("<OS specific>: 10", "IFUNC", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (columns.Length < 7 || !int.TryParse(columns[0].TrimEnd(':'), out int number))
                continue;
            string name = columns.Length > 7 ? columns[7] : "";
            int at = name.IndexOf('@', StringComparison.Ordinal);
            bool isOldVersion = at > 0 && !name[at..].StartsWith("@@", StringComparison.Ordinal);
            yield return new ReadelfSymbol(table, number, Hexadecimal(columns[1]), Number(columns[2]), columns[3], columns[4], columns[5], columns[6],
                at > 0 ? name[..at] : name, isOldVersion);
        }
    }

    private static ulong Number(string text) =>
        text.StartsWith("0x", StringComparison.Ordinal) ? Hexadecimal(text[2..]) : ulong.Parse(text, CultureInfo.InvariantCulture);

    private static ulong Hexadecimal(string text) => ulong.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
