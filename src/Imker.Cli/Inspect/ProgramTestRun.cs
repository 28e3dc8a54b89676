using Imker.Inspect;
using Imker.Linux;

namespace Imker.Cli;

/// <summary><c>imker prog run</c>: a test run with data and context from files.</summary>
internal static class ProgramTestRun
{
    private const int LargestInput = 16 << 20, RoomForOutput = 256;

    public static void Run(InspectRun run)
    {
        InspectWords words = run.Words;
        ObjectSelector which = ProgramCommand.TakeProgram(words);
        byte[] data = [], context = [];
        string? outputPath = null;
        uint repeat = 0, outputSize = 0;
        while (!words.IsAtEnd)
        {
            switch (words.TakeOneOf("data_in", "data_out", "data_size_out", "ctx_in", "repeat"))
            {
                case "data_in":
                    data = InputFile.Read("the data", words.Take("the file with the data"), LargestInput);
                    break;
                case "data_out":
                    outputPath = words.Take("the file for the data");
                    break;
                case "data_size_out":
                    outputSize = words.TakeNumber("the size of the data");
                    break;
                case "ctx_in":
                    context = InputFile.Read("the context", words.Take("the file with the context"), LargestInput);
                    break;
                default:
                    repeat = words.TakeNumber("how often");
                    break;
            }
        }
        using KernelProgram program = ObjectSelector.Program(which);
        byte[] left = new byte[outputPath is null ? 0 : outputSize > 0 ? (int)Math.Min(outputSize, LargestInput) : data.Length + RoomForOutput];
        TestRunResult result = program.Run(new TestRun { Data = data, Context = context, DataOut = left, Repeat = (int)repeat });
        if (outputPath is not null)
        {
            using Stream file = OutputFile.Create(outputPath);
            file.Write(left.AsSpan(0, Math.Min(left.Length, result.DataLength)));
        }
        TestRunReport.Write(run.Output, result);
    }
}
