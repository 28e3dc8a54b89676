namespace Imker.Architecture.Tests;

/// <summary>The rooms and the arrows between them, from <c>rooms.tsv</c>.</summary>
internal static class Rooms
{
    private static readonly Dictionary<string, (string[] Arrows, bool AsksMachine)> Table =
        Repository.ReadTable("rooms.tsv").ToDictionary(row => row[0], row => (row[1].Split(' ', StringSplitOptions.RemoveEmptyEntries), row[2] == "yes"));

    public static IEnumerable<string> All => Table.Keys;

    public static bool IsKnown(string room) => Table.ContainsKey(room);

    public static bool AsksMachine(string room) => Table[room].AsksMachine;

    public static bool MayReference(string from, string to) => Table[from].Arrows is ["*"] || Reachable(from).Contains(to);

    private static HashSet<string> Reachable(string from)
    {
        HashSet<string> reached = [];
        Queue<string> open = new(Table[from].Arrows);
        while (open.TryDequeue(out string? room))
        {
            if (reached.Add(room))
                Array.ForEach(Table[room].Arrows, open.Enqueue);
        }
        return reached;
    }
}
