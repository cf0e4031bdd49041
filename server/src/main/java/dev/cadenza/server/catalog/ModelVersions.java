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
 * name, what was loaded by a command, and the one before. For one thread.
 */
final class ModelVersions {
    private static final Logger LOG = LoggerFactory.getLogger(ModelVersions.class);

    private final String name;
    private final ModelRepository repository;
    private final Loads loads;
    private final NavigableMap<Integer, VersionFolder> folders = new TreeMap<>();
    private final Set<Integer> loadedByCommand = new HashSet<>();
    private VersionPolicy policy = VersionPolicy.NONE;
    private boolean looked;
    /** What the bare name means, and meant before; 0 is nothing. */
    private int serving;

    private int previous;
    private int highest;

    ModelVersions(String name, ModelRepository repository, Loads loads) {
        this.name = name;
        this.repository = repository;
        this.loads = loads;
    }

    VersionPolicy policy() {
        return policy;
    }

    void setPolicy(VersionPolicy newPolicy) {
        policy = newPolicy;
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
        return folders.isEmpty();
    }

    NavigableMap<Integer, VersionFolder> folders() {
        return folders;
    }

    @Nullable
    VersionFolder folder(int version) {
        return folders.get(version);
    }

    Set<Integer> loadedByCommand() {
        return loadedByCommand;
    }

    /** Takes note of the folders that there are now. */
    void find(Set<Integer> versions) {
        for (int version : versions) {
            folders.computeIfAbsent(
                    version, number -> new VersionFolder(new VersionId(name, number), repository, loads));
        }
        folders.values()
                .forEach(folder -> folder.seen(versions.contains(folder.id().version())));
        folders.values().removeIf(ModelVersions::isForgotten);
    }

    private static boolean isForgotten(VersionFolder folder) {
        return !folder.isPresent() && !folder.isLoaded() && !folder.isPending();
    }

    /** Loads what is to be loaded and decides what the bare name means. */
    void refresh() {
        highest = highest();
        for (Label label : policy.labels().values()) {
            VersionFolder named = folders.get(label.version());
            if (named != null && !policy.pins().containsKey(label.version())) {
                named.open();
            }
        }
        Label stable = policy.label(Label.STABLE);
        int now = stable != null && isLoaded(stable.version()) ? stable.version() : highest;
        if (now != serving) {
            if (now != 0) {
                LOG.info("{}@{} is being served{}", name, now, serving == 0 ? "" : " in place of version " + serving);
            } else {
                LOG.warn("{} is no longer served", name);
            }
            previous = serving;
            serving = now;
        }
        looked |= serving != 0 || folders.values().stream().noneMatch(VersionFolder::isPending);
        folders.values().forEach(VersionFolder::watch);
    }

    /** The highest version that is good and may be served; if there is none, what plays goes on from memory. */
    private int highest() {
        int inMemory = 0;
        for (VersionFolder folder : byPreference()) {
            int version = folder.id().version();
            if (!folder.isGone()) {
                if (folder.open()) {
                    return version;
                }
                if (folder.isPending() && (isLoaded(serving) || !loads.isCommandRunning())) {
                    // Decided when it is known what comes of it.
                    break;
                }
            } else if (folder.isLoaded() && inMemory == 0) {
                inMemory = version;
            }
        }
        return isLoaded(serving) ? serving : inMemory;
    }

    /** What may be served, the highest first, and after all others what ended the last process. */
    private List<VersionFolder> byPreference() {
        List<VersionFolder> first = new ArrayList<>();
        List<VersionFolder> last = new ArrayList<>();
        for (VersionFolder folder : folders.descendingMap().values()) {
            if (policy.pins().containsKey(folder.id().version())) {
                continue;
            }
            if (folder.lastResort().isEmpty()) {
                first.add(folder);
            } else {
                last.add(folder);
            }
        }
        first.addAll(last);
        return first;
    }

    /** Closes what is not to be loaded any more; to be called when no request can find it any more. */
    void release() {
        for (VersionFolder folder : folders.values()) {
            int version = folder.id().version();
            boolean wanted = version == highest
                    || version == previous
                    || policy.names(version)
                    || loadedByCommand.contains(version);
            boolean pinned = policy.pins().containsKey(version);
            boolean used = version == serving || (!pinned && (wanted || isAwaited(folder)));
            if (used) {
                folder.closeReplaced();
            } else {
                folder.close();
            }
        }
        folders.values().removeIf(ModelVersions::isForgotten);
    }

    /** Whether it is being loaded and may still be served when it is there. */
    private boolean isAwaited(VersionFolder folder) {
        return folder.isPending() && !folder.isGone() && folder.id().version() > serving;
    }

    private boolean isLoaded(int version) {
        VersionFolder folder = folders.get(version);
        return folder != null && folder.isLoaded() && !policy.pins().containsKey(version);
    }

    /** The versions that can be leased. */
    SortedMap<Integer, ServedVersion> loaded() {
        SortedMap<Integer, ServedVersion> loaded = new TreeMap<>();
        folders.forEach((version, folder) -> {
            ServedVersion served = folder.served();
            if (served != null) {
                loaded.put(version, served);
            }
        });
        return loaded;
    }

    /** How its versions stand, by number. */
    List<VersionStatus> statuses() {
        List<VersionStatus> statuses = new ArrayList<>();
        folders.values().forEach(folder -> statuses.add(status(folder)));
        return statuses;
    }

    private VersionStatus status(VersionFolder folder) {
        VersionId id = folder.id();
        ServedVersion served = folder.served();
        VersionPolicy.Pin pin = policy.pins().get(id.version());
        if (served != null) {
            return VersionStatus.ready(served, folder.note());
        }
        if (folder.refusal().isPresent()) {
            return VersionStatus.refused(id, folder.refusal().get());
        }
        if (pin != null) {
            return VersionStatus.unloaded(id, pin.reason());
        }
        if (folder.isPending()) {
            return VersionStatus.beingLoaded(id);
        }
        if (folder.lastResort().isPresent()) {
            return VersionStatus.unloaded(id, folder.lastResort().get());
        }
        return looked
                ? VersionStatus.unloaded(id, "version " + serving + " is being served")
                : VersionStatus.loading(id);
    }

    void close() {
        folders.values().forEach(VersionFolder::close);
    }
}
