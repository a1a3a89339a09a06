package io.github.fallbackai.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.function.LongSupplier;

import io.github.fallbackai.endpoint.ApiKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A key in a file that somebody else replaces, in place or, like Kubernetes, by pointing
 * a link elsewhere. Looks for a change at most once per second, never on the caller's
 * thread, and goes on with the last good key while the file is missing or unreadable.
 */
final class ApiKeyFile {

	private static final Logger logger = LoggerFactory.getLogger(ApiKeyFile.class);

	private static final long CHECK_INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

	private static final long MAX_BYTES = 64 << 10;

	private final Path file;

	private final LongSupplier nanoClock;

	private volatile @Nullable Reading latest;

	private boolean unreadable;

	ApiKeyFile(Path file, LongSupplier nanoClock) {
		this.file = file;
		this.nanoClock = nanoClock;
	}

	/**
	 * The present key.
	 * @return the key, or an error if the file never held one
	 */
	Mono<ApiKey> key() {
		return Mono.defer(() -> {
			ApiKey key = recent();
			return (key != null) ? Mono.just(key)
					: Mono.fromCallable(this::check).subscribeOn(Schedulers.boundedElastic());
		});
	}

	/** Makes the next look at the file read it, unless the key was replaced already. */
	synchronized void invalidate(ApiKey refused) {
		Reading reading = this.latest;
		if (reading != null && reading.key().equals(refused)) {
			this.latest = new Reading(reading.key(), Version.UNKNOWN,
					this.nanoClock.getAsLong() - CHECK_INTERVAL_NANOS);
		}
	}

	private @Nullable ApiKey recent() {
		Reading reading = this.latest;
		return (reading != null && this.nanoClock.getAsLong() - reading.checkedAt() < CHECK_INTERVAL_NANOS)
				? reading.key() : null;
	}

	private synchronized ApiKey check() throws IOException {
		ApiKey recent = recent();
		if (recent != null) {
			return recent;
		}
		Reading before = this.latest;
		Reading now;
		try {
			now = read(before);
			this.unreadable = false;
		}
		catch (IOException | IllegalArgumentException ex) {
			if (!this.unreadable) {
				this.unreadable = true;
				// Without the exception, which may quote a part of the file.
				logger.warn("The key file {} cannot be read or holds no key{}", this.file,
						(before != null) ? ", going on with the key that it held before" : "");
			}
			if (before == null) {
				throw new IOException("no key in file " + this.file);
			}
			now = new Reading(before.key(), before.version(), this.nanoClock.getAsLong());
		}
		this.latest = now;
		return now.key();
	}

	private Reading read(@Nullable Reading before) throws IOException {
		// Looked at before the content is read: a change in between is then noticed next
		// time.
		Version version = Version.of(this.file);
		ApiKey key = (before != null && before.version().equals(version)) ? before.key()
				: ApiKey.of(Files.readString(this.file));
		return new Reading(key, version, this.nanoClock.getAsLong());
	}

	/**
	 * What the file held when it was last looked at.
	 */
	private record Reading(ApiKey key, Version version, long checkedAt) {

	}

	/**
	 * What changes when the file does. Follows links.
	 */
	private record Version(FileTime modified, long size, @Nullable Object identity) {

		private static final Version UNKNOWN = new Version(FileTime.fromMillis(0), -1, null);

		private static Version of(Path file) throws IOException {
			BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
			if (attributes.size() > MAX_BYTES) {
				throw new IOException("no key is that long");
			}
			return new Version(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
		}

	}

}
