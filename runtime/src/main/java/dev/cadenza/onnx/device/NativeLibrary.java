package dev.cadenza.onnx.device;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import dev.cadenza.files.TemporaryFolder;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * ONNX Runtime's native library, loaded once a process. Its own loader unpacks the library into the folder for temporary
 * files, or takes it from the folder that the property {@value #PATH} names; this class says in one line what is in the
 * way, and does without a folder for temporary files where the library lies ready.
 */
public final class NativeLibrary {
    /** The folder that holds the library as a file; where it is not set, the library is unpacked. */
    static final String PATH = "onnxruntime.native.path";

    /** What the names of ONNX Runtime's own temporary folders begin with. */
    static final String FOLDER_PREFIX = "onnxruntime-java";

    private static final System.Logger LOG = System.getLogger(NativeLibrary.class.getName());
    private static final String VENDOR = "java.vendor";
    private static final String VENDOR_WITHOUT_TEMPORARY_FOLDER = "The Android Project";

    private static @Nullable OrtEnvironment environment;
    private static @Nullable NativeLibraryException failure;

    private NativeLibrary() {}

    /**
     * Loads the library, if that has not been done yet.
     *
     * @throws NativeLibraryException if it cannot be loaded; the same one each time
     */
    public static void load() throws NativeLibraryException {
        loaded();
    }

    /** The environment of all sessions; unchecked for who is past {@link #load}. */
    public static OrtEnvironment environment() {
        try {
            return loaded();
        } catch (NativeLibraryException e) {
            throw new EngineException(e);
        }
    }

    @SuppressWarnings(
            "StaticAssignmentOfThrowable") // The JVM tries a class only once; the first reason is the true one.
    private static synchronized OrtEnvironment loaded() throws NativeLibraryException {
        OrtEnvironment there = environment;
        if (there != null) {
            return there;
        }
        if (failure != null) {
            throw failure;
        }
        try {
            environment = open(System.getProperty(PATH));
            return environment;
        } catch (NativeLibraryException e) {
            failure = e;
            throw e;
        }
    }

    private static OrtEnvironment open(@Nullable String folder) throws NativeLibraryException {
        TemporaryFolder.sweep(FOLDER_PREFIX);
        Optional<String> obstacle = TemporaryFolder.obstacle();
        if (obstacle.isPresent() && !liesReady(folder)) {
            throw LoadFailure.ofTemporaryFolder(obstacle.get(), folder != null);
        }
        try (LoaderMessages messages = LoaderMessages.collect()) {
            try {
                return obstacle.isPresent() ? withoutTemporaryFolder(String.valueOf(folder)) : ordinary();
            } catch (LinkageError | RuntimeException e) {
                throw LoadFailure.of(e, messages.unpacking(), folder);
            }
        }
    }

    /** Whether the library and its JNI part can be found as files, by ONNX Runtime and by the JVM. */
    private static boolean liesReady(@Nullable String folder) {
        return folder != null
                && List.of(System.getProperty("java.library.path", "").split(File.pathSeparator))
                        .contains(folder);
    }

    private static OrtEnvironment ordinary() {
        boolean good = false;
        try {
            OrtEnvironment opened = OrtEnvironment.getEnvironment();
            good = true;
            return opened;
        } finally {
            // CUDA's part is unpacked later, if at all.
            tidy(good && OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA));
        }
    }

    /**
     * ONNX Runtime makes a temporary folder even if it has nothing to put there, except on Android, where it leaves the
     * JNI part to the JVM's library path.
     */
    private static OrtEnvironment withoutTemporaryFolder(String folder) {
        System.load(Path.of(folder)
                .resolve(System.mapLibraryName("onnxruntime"))
                .toAbsolutePath()
                .toString());
        String vendor = System.getProperty(VENDOR);
        System.setProperty(VENDOR, VENDOR_WITHOUT_TEMPORARY_FOLDER);
        try {
            return OrtEnvironment.getEnvironment();
        } finally {
            System.setProperty(VENDOR, vendor);
        }
    }

    /**
     * ONNX Runtime leaves its folder behind: at an ordinary end an empty one, and all of it when the process is killed. A
     * library that is loaded needs no name any more; where it cannot be deleted (on Windows), or more is to come, the
     * folder is marked for the next process's sweep.
     */
    private static void tidy(boolean moreToCome) {
        try {
            Field field = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("tempDirectory");
            field.setAccessible(true);
            if (field.get(null) instanceof Path folder && (moreToCome || !TemporaryFolder.discard(folder))) {
                TemporaryFolder.mark(folder);
            }
        } catch (ReflectiveOperationException | IOException | RuntimeException | LinkageError e) {
            // Another ONNX Runtime than this was written for; its folder stays, and nothing else is different.
            LOG.log(System.Logger.Level.DEBUG, "ONNX Runtime's temporary folder stays", e);
        }
    }
}
