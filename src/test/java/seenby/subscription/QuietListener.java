package seenby.subscription;

import seenby.group.GroupId;
import seenby.hub.Wake;

/** Ignores all events; a test overrides what it listens to. */
abstract class QuietListener implements Events.Listener {
    @Override
    public void wake(Wake wake) {}

    @Override
    public void unreadable() {}

    @Override
    public void expired(GroupId group) {}

    @Override
    public void loopBegan() {}

    @Override
    public void silent() {}

    @Override
    public void resumed() {}

    @Override
    public void lost() {}

    @Override
    public void regained() {}

    @Override
    public void away() {}
}
