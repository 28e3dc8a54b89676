using System.Text;
using System.Text.Json;
using Imker.Rendering;
using Imker.Verifier;

namespace Imker.Cli;

/// <summary>Writes verdicts, for people or as JSON lines.</summary>
internal sealed class VerdictOutput(TextWriter output, bool isJson)
{
    /// <param name="oldest">The oldest kernel that would take the program; null where none would.</param>
    public void Write(Verdict verdict, Version? oldest)
    {
        if (isJson)
            WriteJson(verdict, oldest);
        else
            WriteText(verdict, oldest);
    }

    private void WriteText(Verdict verdict, Version? oldest)
    {
        string cost = $"{verdict.AnalysedInstructions} instructions walked, {verdict.PeakStates} states";
        string since = oldest is null ? "by no kernel" : oldest == VerifierTarget.KnownKernels[0] ? $"by {oldest} and later" : $"from {oldest} on";
        if (verdict.IsAccepted)
        {
            output.WriteLine($"{Line(verdict.Section)} ({Line(verdict.Program)}): accepted by {verdict.Target.Name}; {cost}, {verdict.StackDepth} bytes of stack; taken {since}");
            return;
        }
        output.WriteLine($"{Line(verdict.Section)} ({Line(verdict.Program)}): refused by {verdict.Target.Name}; {cost}; taken {since}");
        string place = verdict.Source is { } source ? $"{Line(source.File)}:{source.Line}:{source.Column}: " : "";
        output.WriteLine($"  {place}error {verdict.Id}: {Line(verdict.Message)}");
        if (verdict.Source is { Text.Length: > 0 } line)
            output.WriteLine($"   {line.Line} | {Line(line.Text)}");
        if (verdict.Instruction is { } instruction)
            output.WriteLine($"  at instruction {verdict.Slot} of {Line(verdict.Function ?? verdict.Program)}: {instruction}");
    }

    private void WriteJson(Verdict verdict, Version? oldest)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteString("section", verdict.Section);
            writer.WriteString("program", verdict.Program);
            writer.WriteString("target", verdict.Target.Name);
            writer.WriteString("verdict", verdict.IsAccepted ? "accept" : "reject");
            writer.WriteString("message", verdict.Message);
            WriteRefusal(writer, verdict);
            writer.WriteNumber("analysed", verdict.AnalysedInstructions);
            writer.WriteNumber("states", verdict.PeakStates);
            writer.WriteNumber("stack", verdict.StackDepth);
            if (oldest is not null)
                writer.WriteString("since", oldest.ToString(2));
            writer.WriteEndObject();
        }
        output.WriteLine(Encoding.UTF8.GetString(buffer.ToArray()));
    }

    private static void WriteRefusal(Utf8JsonWriter writer, Verdict verdict)
    {
        if (verdict.IsAccepted)
            return;
        writer.WriteString("id", verdict.Id);
        writer.WriteNumber("insn", verdict.Slot);
        if (verdict.Function is { } function)
            writer.WriteString("function", function);
        if (verdict.Instruction is { } instruction)
            writer.WriteString("instruction", instruction);
        if (verdict.Source is { } source)
        {
            writer.WriteStartObject("source");
            writer.WriteString("file", source.File);
            writer.WriteNumber("line", source.Line);
            writer.WriteNumber("column", source.Column);
            writer.WriteString("text", source.Text);
            writer.WriteEndObject();
        }
    }

    private static string Line(string text) => Failure.Printable(text, TextEscaping.Line);
}
