package dev.cadenza.server.catalog;

import dev.cadenza.server.problem.ProblemException;
import dev.cadenza.server.problem.ProblemType;
import dev.cadenza.server.problem.UnknownModel;
import dev.cadenza.server.serving.Label;
import dev.cadenza.server.serving.ModelAdministration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** Carries out commands on a folder, and looks at its folder before each. For one thread. */
final class AdminCommands implements ModelAdministration {
    private final ModelsFolder models;

    AdminCommands(ModelsFolder models) {
        this.models = models;
    }

    @Override
    public void load(String name, OptionalInt version) throws ProblemException {
        ModelVersions versions = versions(name);
        try {
            if (version.isPresent()) {
                int number = version.getAsInt();
                requireOpened(folder(versions, number));
                models.choose(name, versions, versions.policy().withoutPin(number));
                versions.loadedByCommand().add(number);
            } else {
                versions.folders().values().forEach(VersionFolder::forgetRefusal);
                models.choose(name, versions, versions.policy().withoutPins());
            }
        } finally {
            versions.refresh();
        }
        if (versions.serving() == 0) {
            throw new ProblemException(
                    ProblemType.VERSION_NOT_SERVING, name + ": no version of it is good" + reasons(versions));
        }
    }

    private static String reasons(ModelVersions versions) {
        List<String> reasons = versions.statuses().stream()
                .map(status -> status.id() + " " + status.reason().orElse(""))
                .toList();
        return reasons.isEmpty() ? "" : ": " + String.join("; ", reasons);
    }

    @Override
    public void unload(String name, OptionalInt version) throws ProblemException {
        ModelVersions versions = versions(name);
        if (version.isPresent()) {
            int number = version.getAsInt();
            folder(versions, number);
            if (versions.policy().names(number)) {
                throw conflict(name + "@" + number + " has a label; move or remove that first");
            }
            models.choose(name, versions, versions.policy().withPins(Set.of(number), VersionPolicy.Pin.UNLOADED));
            versions.loadedByCommand().remove(number);
        } else {
            models.choose(
                    name,
                    versions,
                    versions.policy().withPins(versions.folders().keySet(), VersionPolicy.Pin.UNLOADED));
            versions.loadedByCommand().clear();
        }
        versions.refresh();
    }

    @Override
    public void label(String name, String label, Label target) throws ProblemException {
        ModelVersions versions = versions(name);
        try {
            requireOpened(folder(versions, target.version()));
            VersionPolicy policy = versions.policy().withLabel(label, target).withoutPin(target.version());
            if (policy.sharesWithCanary() && policy.label(Label.STABLE) == null) {
                throw conflict("a canary has a share of what a stable version gets: label one of " + name
                        + "'s versions stable first");
            }
            models.choose(name, versions, policy);
        } finally {
            versions.refresh();
        }
    }

    @Override
    public void unlabel(String name, String label) throws ProblemException {
        ModelVersions versions = versions(name);
        if (versions.policy().label(label) == null) {
            throw new ProblemException(
                    ProblemType.NOT_FOUND, name + " has no label " + ProblemException.quotable(label));
        }
        VersionPolicy policy = versions.policy().withoutLabel(label);
        if (policy.sharesWithCanary() && policy.label(Label.STABLE) == null) {
            throw conflict("the canary has a share of what the stable version gets: remove the canary first");
        }
        models.choose(name, versions, policy);
        versions.refresh();
    }

    @Override
    public void rollback(String name) throws ProblemException {
        ModelVersions versions = versions(name);
        int now = versions.serving();
        if (now == 0) {
            throw conflict(name + " is not being served");
        }
        int target = before(versions, now);
        try {
            VersionPolicy policy = versions.policy();
            Label stable = policy.label(Label.STABLE);
            if (stable != null && stable.version() == now) {
                models.choose(name, versions, policy.withLabel(Label.STABLE, new Label(target, 0)));
            } else {
                Set<Integer> higher = versions.folders().tailMap(target, false).keySet();
                models.choose(name, versions, policy.withPins(higher, VersionPolicy.Pin.ROLLED_BACK));
                higher.forEach(versions.loadedByCommand()::remove);
            }
        } finally {
            versions.refresh();
        }
        versions.forgetPrevious();
    }

    /** The version that was served before, else the next lower one that is good. */
    private static int before(ModelVersions versions, int now) throws ProblemException {
        VersionFolder previous = versions.folder(versions.previous());
        if (previous != null && previous.open()) {
            return versions.previous();
        }
        for (VersionFolder lower :
                versions.folders().headMap(now, false).descendingMap().values()) {
            if (!versions.policy().pins().containsKey(lower.id().version()) && lower.open()) {
                return lower.id().version();
            }
        }
        throw conflict("there is no good version before " + now + " to go back to");
    }

    private ModelVersions versions(String name) throws ProblemException {
        models.list();
        return models.find(name).orElseThrow(() -> UnknownModel.named(name, models.names()));
    }

    private static VersionFolder folder(ModelVersions versions, int version) throws ProblemException {
        VersionFolder folder = versions.folder(version);
        if (folder == null) {
            throw new ProblemException(
                    ProblemType.UNKNOWN_MODEL,
                    "the model has no version " + version + "; "
                            + UnknownModel.thereAre(
                                    "versions", versions.folders().keySet()));
        }
        return folder;
    }

    /** A command is worth another try, whatever came of the last one. */
    private static void requireOpened(VersionFolder folder) throws ProblemException {
        boolean good = (folder.isLoaded() && folder.note() == null) || folder.openAnew();
        if (!good) {
            throw new ProblemException(
                    ProblemType.VERSION_NOT_SERVING,
                    folder.id() + " is not served: " + folder.refusal().orElse("it is still being loaded"));
        }
    }

    private static ProblemException conflict(String detail) {
        return new ProblemException(ProblemType.CONFLICT, detail);
    }
}
