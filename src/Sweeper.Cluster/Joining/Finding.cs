namespace Sweeper.Cluster.Joining;

/// <summary>What a member is to do about its coordinator.</summary>
internal enum Finding
{
    /// <summary>Nothing new.</summary>
    Nothing,

    /// <summary>It is there and can call back: join it.</summary>
    Met,

    /// <summary>It is there and cannot call back: that will not do.</summary>
    Refused,

    /// <summary>It has not answered yet.</summary>
    Silence,

    /// <summary>It is not there any more, or it is another one: look for it anew.</summary>
    Gone,
}
