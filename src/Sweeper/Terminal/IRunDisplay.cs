namespace Sweeper.Terminal;

/// <summary>Shows a running sweep; fed from one loop.</summary>
internal interface IRunDisplay
{
    /// <summary>Shows the newest view.</summary>
    void Show(RunView view);

    /// <summary>Says something that stays on the screen.</summary>
    void Say(string line);
}
