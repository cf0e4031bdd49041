package dev.cadenza.exporter.publish;

import dev.cadenza.model.ModelRepository;
import dev.cadenza.model.VersionId;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A version as it is named on a command line, by its folder.
 *
 * @param models the models folder that it is in
 */
public record VersionFolder(ModelRepository models, VersionId id) {
    /** A folder such as {@code models/x/1}; empty if its name cannot be a version's. Whether it is there is not asked. */
    public static Optional<VersionFolder> of(Path folder) {
        Path whole = folder.toAbsolutePath().normalize();
        @Nullable Path name = whole.getParent();
        @Nullable Path root = name == null ? null : name.getParent();
        if (name == null || root == null) {
            return Optional.empty();
        }
        String model = String.valueOf(name.getFileName());
        String number = String.valueOf(whole.getFileName());
        if (!VersionId.isName(model) || !number.matches("[1-9][0-9]{0,8}")) {
            return Optional.empty();
        }
        return Optional.of(
                new VersionFolder(new ModelRepository(root), new VersionId(model, Integer.parseInt(number))));
    }
}
