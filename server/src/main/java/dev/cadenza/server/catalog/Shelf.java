package dev.cadenza.server.catalog;

import dev.cadenza.model.ModelRepository;
import dev.cadenza.model.VersionId;
import dev.cadenza.server.serving.Label;
import dev.cadenza.server.serving.ServedVersion;
import dev.cadenza.server.serving.VersionStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The versions of one name, and which of them are to be loaded: the highest good one that is not pinned, what labels
 * name, what was loaded by an order, and the one before. For one thread.
 */
final class Shelf {
    private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);

    private final String name;
    private final ModelRepository repository;
    private final Loads loads;
    private final NavigableMap<Integer, Holding> holdings = new TreeMap<>();
    private final Set<Integer> ordered = new HashSet<>();
    private Choice choice = Choice.NONE;
    private boolean looked;
    /** What the bare name means, and meant before; 0 is nothing. */
    private int serving;

    private int previous;
    private int highest;

    Shelf(String name, ModelRepository repository, Loads loads) {
        this.name = name;
        this.repository = repository;
        this.loads = loads;
    }

    Choice choice() {
        return choice;
    }

    void setChoice(Choice newChoice) {
        choice = newChoice;
    }

    int serving() {
        return serving;
    }

    int previous() {
        return previous;
    }

    /** From now on what is served now counts as never served. */
    void forgetPrevious() {
        previous = 0;
    }

    /** Whether it has been decided what is served. */
    boolean isLookedAt() {
        return looked;
    }

    boolean isEmpty() {
        return holdings.isEmpty();
    }

    NavigableMap<Integer, Holding> holdings() {
        return holdings;
    }

    @Nullable
    Holding holding(int version) {
        return holdings.get(version);
    }

    Set<Integer> ordered() {
        return ordered;
    }

    /** Takes note of the folders that there are now. */
    void find(Set<Integer> versions) {
        for (int version : versions) {
            holdings.computeIfAbsent(version, number -> new Holding(new VersionId(name, number), repository, loads));
        }
        holdings.values()
                .forEach(holding -> holding.seen(versions.contains(holding.id().version())));
        holdings.values().removeIf(Shelf::isForgotten);
    }

    private static boolean isForgotten(Holding holding) {
        return !holding.isPresent() && !holding.isLoaded() && !holding.isPending();
    }

    /** Loads what is to be loaded and decides what the bare name means. */
    void refresh() {
        highest = highest();
        for (Label label : choice.labels().values()) {
            Holding named = holdings.get(label.version());
            if (named != null && !choice.pins().containsKey(label.version())) {
                named.open();
            }
        }
        Label stable = choice.label(Label.STABLE);
        int now = stable != null && isLoaded(stable.version()) ? stable.version() : highest;
        if (now != serving) {
            if (now != 0) {
                LOG.info("{}@{} is being served{}", name, now, serving == 0 ? "" : " in place of version " + serving);
            } else {
                LOG.warn("{} is not being served any more", name);
            }
            previous = serving;
            serving = now;
        }
        looked |= serving != 0 || holdings.values().stream().noneMatch(Holding::isPending);
        holdings.values().forEach(Holding::watch);
    }

    /** The highest version that is good and may be served; if there is none, what plays goes on from memory. */
    private int highest() {
        int inMemory = 0;
        for (Holding holding : byPreference()) {
            int version = holding.id().version();
            if (!holding.isGone()) {
                if (holding.open()) {
                    return version;
                }
                if (holding.isPending() && (isLoaded(serving) || !loads.isOrdering())) {
                    // Decided when it is known what comes of it.
                    break;
                }
            } else if (holding.isLoaded() && inMemory == 0) {
                inMemory = version;
            }
        }
        return isLoaded(serving) ? serving : inMemory;
    }

    /** What may be served, the highest first, and after all others what ended the last process. */
    private List<Holding> byPreference() {
        List<Holding> first = new ArrayList<>();
        List<Holding> last = new ArrayList<>();
        for (Holding holding : holdings.descendingMap().values()) {
            if (choice.pins().containsKey(holding.id().version())) {
                continue;
            }
            if (holding.lastResort().isEmpty()) {
                first.add(holding);
            } else {
                last.add(holding);
            }
        }
        first.addAll(last);
        return first;
    }

    /** Lets go of what is not to be loaded any more; to be called when nobody is sent there any more. */
    void release() {
        for (Holding holding : holdings.values()) {
            int version = holding.id().version();
            boolean wanted =
                    version == highest || version == previous || choice.names(version) || ordered.contains(version);
            boolean pinned = choice.pins().containsKey(version);
            boolean used = version == serving || (!pinned && (wanted || isAwaited(holding)));
            if (used) {
                holding.closeReplaced();
            } else {
                holding.close();
            }
        }
        holdings.values().removeIf(Shelf::isForgotten);
    }

    /** Whether it is being loaded and may still be served when it is there. */
    private boolean isAwaited(Holding holding) {
        return holding.isPending() && !holding.isGone() && holding.id().version() > serving;
    }

    private boolean isLoaded(int version) {
        Holding holding = holdings.get(version);
        return holding != null && holding.isLoaded() && !choice.pins().containsKey(version);
    }

    /** The versions that can be lent. */
    SortedMap<Integer, ServedVersion> loaded() {
        SortedMap<Integer, ServedVersion> loaded = new TreeMap<>();
        holdings.forEach((version, holding) -> {
            ServedVersion served = holding.served();
            if (served != null) {
                loaded.put(version, served);
            }
        });
        return loaded;
    }

    /** How its versions stand, by number. */
    List<VersionStatus> statuses() {
        List<VersionStatus> statuses = new ArrayList<>();
        holdings.values().forEach(holding -> statuses.add(status(holding)));
        return statuses;
    }

    private VersionStatus status(Holding holding) {
        VersionId id = holding.id();
        ServedVersion served = holding.served();
        Choice.Pin pin = choice.pins().get(id.version());
        if (served != null) {
            return VersionStatus.ready(served, holding.note());
        }
        if (holding.refusal().isPresent()) {
            return VersionStatus.refused(id, holding.refusal().get());
        }
        if (pin != null) {
            return VersionStatus.unloaded(id, pin.reason());
        }
        if (holding.isPending()) {
            return VersionStatus.beingLoaded(id);
        }
        if (holding.lastResort().isPresent()) {
            return VersionStatus.unloaded(id, holding.lastResort().get());
        }
        return looked
                ? VersionStatus.unloaded(id, "version " + serving + " is being served")
                : VersionStatus.loading(id);
    }

    void close() {
        holdings.values().forEach(Holding::close);
    }
}
