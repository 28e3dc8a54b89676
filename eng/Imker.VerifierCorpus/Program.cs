using Imker.VerifierCorpus;

switch (args)
{
    case ["kernel", .. var objects]:
        foreach (string path in objects)
            KernelVerdicts.Write(path, Console.Out);
        return 0;
    case ["compare", var verdicts, .. var objects]:
        Comparison.Write(verdicts, objects, Console.Out);
        return 0;
    case ["time", .. var objects]:
        Timing.Write(objects, Console.Out);
        return 0;
    default:
        Console.Error.WriteLine("usage: Imker.VerifierCorpus kernel OBJECT... | compare VERDICTS OBJECT... | time OBJECT...");
        return 2;
}
