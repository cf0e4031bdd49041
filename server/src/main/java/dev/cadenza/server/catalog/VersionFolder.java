package dev.cadenza.server.catalog;

import dev.cadenza.model.ModelRefusedException;
import dev.cadenza.model.ModelRepository;
import dev.cadenza.model.VersionId;
import dev.cadenza.onnx.device.DeviceUnavailableException;
import dev.cadenza.server.serving.ServedVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One version's folder, and what is known and loaded of it. For one thread. */
final class VersionFolder {
    private static final Logger LOG = LoggerFactory.getLogger(VersionFolder.class);
    private static final int ABSENCES = 2;
    private static final String GONE = "its folder is gone; it plays from memory";

    private final VersionId id;
    private final ModelRepository repository;
    private final Loads loads;
    private @Nullable ServedVersion served;
    private @Nullable Loading loading;
    /** Of the folder when loading began; null if it need not be known. */
    private @Nullable String loadingContent;

    private final List<ServedVersion> replaced = new ArrayList<>();
    private @Nullable String refusal;
    private @Nullable String note;
    private @Nullable DeviceUnavailableException deviceFailure;
    private final FolderContent content;
    /** Of the folder that was refused; null if it changed meanwhile. */
    private @Nullable String refusedContent;

    private int absences;

    VersionFolder(VersionId id, ModelRepository repository, Loads loads) {
        this.id = id;
        this.repository = repository;
        this.loads = loads;
        this.content = new FolderContent(id, repository);
    }

    VersionId id() {
        return id;
    }

    @Nullable
    ServedVersion served() {
        return served;
    }

    boolean isLoaded() {
        return served != null;
    }

    /** Whether its folder was there at the last look. */
    boolean isPresent() {
        return absences == 0;
    }

    /** Whether its folder stays away, and was not just being exchanged. */
    boolean isGone() {
        return absences >= ABSENCES;
    }

    /** Takes note of a look. */
    void seen(boolean present) {
        if (present) {
            if (absences > 0) {
                content.forget();
            }
            absences = 0;
            return;
        }
        refusal = null;
        absences = Math.min(absences + 1, ABSENCES);
        if (isGone() && !GONE.equals(note)) {
            note = GONE;
            LOG.warn("{}: {}", id, note);
        }
    }

    /** Why it is not good; empty if it is, or was never looked into. */
    Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** What is to be said of it while it is served. */
    @Nullable
    String note() {
        return note;
    }

    /** The device that was insisted on did not work, when it was loaded last. */
    @Nullable
    DeviceUnavailableException deviceFailure() {
        return deviceFailure;
    }

    /** Whether it is still being loaded, and no thread waits for that now. */
    boolean isPending() {
        return loading != null;
    }

    /** What is to be said of it if its loading ended the last process. */
    Optional<String> lastResort() {
        return served == null ? loads.marks().reason(id) : Optional.empty();
    }

    /** Loads it if it is not loaded, unless this very content was refused before. */
    boolean open() {
        dropFailed();
        if (served != null && loading == null) {
            return true;
        }
        if (loading != null) {
            return settle(false);
        }
        return isPresent() && (refusal == null || hasChanged()) && begin() && settle(false);
    }

    /** What failed while it played is closed like what was replaced. */
    private void dropFailed() {
        if (served != null && served.failure().isPresent()) {
            String reason = served.failure().get();
            replaced.add(served);
            served = null;
            content.look();
            refuse(reason, null);
        }
    }

    /**
     * Loads it as it is now, whatever was found before; if it is not good, what is loaded stays. False too while it is
     * {@linkplain #isPending pending}.
     */
    boolean openAnew() {
        dropFailed();
        return (loading != null || begin()) && settle(true);
    }

    private boolean begin() {
        content.look();
        // Of a folder that is being written, the content is taken down before it is judged.
        String before = content.isSettled() ? null : content.sha256();
        if (loads.isRunning(id)) {
            refuse("an earlier load of it has not ended yet", before);
            return false;
        }
        deviceFailure = null;
        loadingContent = before;
        loading = loads.begin(id);
        return true;
    }

    /**
     * Waits for what is being loaded and takes what comes of it.
     *
     * @param wanted whether nothing else is to be done meanwhile
     */
    private boolean settle(boolean wanted) {
        Loading awaited = loading;
        if (awaited == null || !loads.await(awaited, wanted)) {
            return false;
        }
        String before = loadingContent;
        loading = null;
        loadingContent = null;
        try {
            ServedVersion opened = awaited.outcome().join();
            if (served != null) {
                replaced.add(served);
            }
            served = opened;
            refusal = null;
            note = null;
            return true;
        } catch (CompletionException e) {
            refuse(e.getCause(), before);
            return false;
        }
    }

    private void refuse(@Nullable Throwable failure, @Nullable String contentBefore) {
        if (failure instanceof DeviceUnavailableException device) {
            deviceFailure = device;
        }
        refuse(reason(failure), contentBefore);
    }

    private String reason(@Nullable Throwable failure) {
        if (failure instanceof ModelRefusedException refused) {
            return refused.reason();
        }
        if (failure instanceof DeviceUnavailableException) {
            return String.valueOf(failure.getMessage());
        }
        if (failure instanceof IOException) {
            // The message of an IOException is a path.
            LOG.debug("{} cannot be read", id, failure);
            return "a file cannot be read (" + failure.getClass().getSimpleName() + ")";
        }
        if (failure instanceof OutOfMemoryError) {
            return "there is not enough memory to load it";
        }
        LOG.error("{} could not be loaded", id, failure);
        return "loading it failed; see the log";
    }

    private void refuse(String reason, @Nullable String contentBefore) {
        if (!reason.equals(refusal)) {
            LOG.warn("{} is not served: {}", id, reason);
        }
        refusal = reason;
        refusedContent = contentBefore != null || content.hasChanged() ? contentBefore : content.sha256();
    }

    /** Whether a folder that was refused has other content now. */
    private boolean hasChanged() {
        if (content.isSettled() && !content.hasChanged()) {
            return false;
        }
        content.look();
        String now = content.sha256();
        return now == null || !now.equals(refusedContent);
    }

    /** Says so if the folder of a loaded version is no longer what was loaded. */
    void watch() {
        ServedVersion loaded = served;
        if (loaded == null || !isPresent() || (content.isSettled() && !content.hasChanged())) {
            return;
        }
        content.look();
        String before = note;
        try {
            note = repository.verify(id).sha256().equals(loaded.sha256())
                    ? null
                    : "its folder now holds another model; load it to serve that";
        } catch (ModelRefusedException e) {
            note = "its folder was changed (" + e.reason() + "); it plays what was loaded";
        } catch (IOException e) {
            note = "its folder can no longer be read (" + e.getClass().getSimpleName() + "); it plays from memory";
        }
        if (note != null && !note.equals(before)) {
            LOG.warn("{}: {}", id, note);
        }
    }

    /** Forgets that it was refused. */
    void forgetRefusal() {
        refusal = null;
    }

    /** Closes what was loaded from the same folder before; to be called when no request can find it any more. */
    void closeReplaced() {
        replaced.forEach(ServedVersion::close);
        replaced.clear();
    }

    /** Ends its leasing. */
    void close() {
        closeReplaced();
        if (loading != null) {
            loading.giveUp("it is no longer wanted");
            loading = null;
        }
        if (served != null) {
            served.close();
            served = null;
        }
    }
}
