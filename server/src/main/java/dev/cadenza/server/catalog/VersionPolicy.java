package dev.cadenza.server.catalog;

import dev.cadenza.server.serving.Label;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was ordered for one name.
 *
 * @param labels label to what it names
 * @param pins number of a version that is not to be served by itself, to why
 */
record VersionPolicy(SortedMap<String, Label> labels, SortedMap<Integer, Pin> pins) {
    static final VersionPolicy NONE = new VersionPolicy(Collections.emptySortedMap(), Collections.emptySortedMap());

    /** Why a version stays away until it is loaded by a command. */
    enum Pin {
        UNLOADED("it was unloaded"),
        ROLLED_BACK("it was rolled back");

        private final String reason;

        Pin(String reason) {
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    VersionPolicy {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        pins = Collections.unmodifiableSortedMap(new TreeMap<>(pins));
    }

    boolean isNothing() {
        return labels.isEmpty() && pins.isEmpty();
    }

    boolean names(int version) {
        return labels.values().stream().anyMatch(label -> label.version() == version);
    }

    @Nullable
    Label label(String name) {
        return labels.get(name);
    }

    /** Whether the canary gets a share of the bare name's requests. */
    boolean sharesWithCanary() {
        Label canary = label(Label.CANARY);
        return canary != null && canary.weight() > 0;
    }

    VersionPolicy withLabel(String name, Label label) {
        SortedMap<String, Label> more = new TreeMap<>(labels);
        more.put(name, label);
        return new VersionPolicy(more, pins);
    }

    VersionPolicy withoutLabel(String name) {
        SortedMap<String, Label> fewer = new TreeMap<>(labels);
        fewer.remove(name);
        return new VersionPolicy(fewer, pins);
    }

    VersionPolicy withPins(Iterable<Integer> versions, Pin pin) {
        SortedMap<Integer, Pin> more = new TreeMap<>(pins);
        versions.forEach(version -> more.put(version, pin));
        return new VersionPolicy(labels, more);
    }

    VersionPolicy withoutPin(int version) {
        SortedMap<Integer, Pin> fewer = new TreeMap<>(pins);
        fewer.remove(version);
        return new VersionPolicy(labels, fewer);
    }

    VersionPolicy withoutPins() {
        return new VersionPolicy(labels, Collections.emptySortedMap());
    }
}
