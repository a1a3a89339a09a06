// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.endpoint.ApiKey;
import io.github.fallbackai.endpoint.Endpoint;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests of {@link ApiKeyFile} and {@link ConfiguredCredentials}.
 */
class ApiKeyFileTests {

	private static final Duration LONG = Duration.ofSeconds(10);

	private static final Duration SHORT = Duration.ofSeconds(1);

	@TempDir
	private Path directory;

	private final AtomicLong nanos = new AtomicLong();

	private final HangingFile hanging = new HangingFile();

	private Path path;

	private ApiKeyFile file;

	@BeforeEach
	void createFile() throws IOException {
		this.path = Files.writeString(this.directory.resolve("key"), "sk-1\n");
		this.file = new ApiKeyFile(this.path, this.nanos::get, this.hanging);
	}

	@Test
	void readsTheKeyWithoutTheLineEnd() {
		assertKey("sk-1");
	}

	@Test
	void noticesANewContentAfterASecondAndNotBefore() throws IOException {
		assertKey("sk-1");
		Files.writeString(this.path, "sk-two");
		pass(Duration.ofMillis(999));
		assertKey("sk-1");
		pass(Duration.ofMillis(1));
		assertKeyBecomes("sk-two");
	}

	@Test
	void followsALinkThatIsPointedElsewhereToAFileOfTheSameSizeAndAge() throws IOException {
		FileTime age = FileTime.fromMillis(1_700_000_000_000L);
		for (String version : new String[] { "1", "2" }) {
			Path target = Files.createDirectory(this.directory.resolve("..version" + version)).resolve("api-key");
			Files.setLastModifiedTime(Files.writeString(target, "sk-" + version), age);
		}
		Path data = Files.createSymbolicLink(this.directory.resolve("..data"), Path.of("..version1"));
		Path link = Files.createSymbolicLink(this.directory.resolve("api-key"), Path.of("..data", "api-key"));
		this.file = new ApiKeyFile(link, this.nanos::get);
		assertKey("sk-1");
		Path next = Files.createSymbolicLink(this.directory.resolve("..data_tmp"), Path.of("..version2"));
		Files.move(next, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		pass(Duration.ofSeconds(1));
		assertKeyBecomes("sk-2");
	}

	@Test
	void goesOnWithTheLastKeyWhileTheFileIsMissingOrEmpty() throws IOException {
		assertKey("sk-1");
		Files.writeString(this.path, "");
		pass(Duration.ofSeconds(1));
		assertKey("sk-1");
		Files.delete(this.path);
		pass(Duration.ofSeconds(1));
		assertKey("sk-1");
		Files.writeString(this.path, "sk-3");
		pass(Duration.ofSeconds(1));
		assertKeyBecomes("sk-3");
	}

	@Test
	void readsAgainAtOnceAfterTheKeyWasRefused() throws IOException {
		assertKey("sk-1");
		FileTime age = Files.getLastModifiedTime(this.path);
		Files.writeString(this.path, "sk-2\n");
		Files.setLastModifiedTime(this.path, age);
		this.file.invalidate(ApiKey.of("sk-other"));
		assertKey("sk-1");
		this.file.invalidate(ApiKey.of("sk-1"));
		assertKey("sk-2");
	}

	@Test
	void failsWithoutQuotingTheFileThatNeverHeldAKey() throws IOException {
		Files.writeString(this.path, "geheimer schlüssel");
		assertThatThrownBy(this::key).hasMessageContaining("no key in file").hasMessageNotContaining("geheim");
		Files.writeString(this.path, "k".repeat(100_000));
		assertThatThrownBy(this::key).hasMessageContaining("no key in file");
		Files.delete(this.path);
		assertThatThrownBy(this::key).hasMessageContaining("no key in file");
		Files.writeString(this.path, "sk-1");
		assertKey("sk-1");
	}

	@Test
	void doesNotReadOnTheCallersThread() {
		Mono<Boolean> onThatThread = this.file.key()
			.map((key) -> Schedulers.isInNonBlockingThread())
			.subscribeOn(Schedulers.parallel());
		assertThat(onThatThread.block(LONG)).isFalse();
		// Within a second the key is at hand.
		assertThat(onThatThread.block(LONG)).isTrue();
	}

	/** As on a mount that hangs. */
	@Test
	void aFileThatHangsHoldsUpNoCall() throws IOException {
		assertKey("sk-1");
		this.hanging.hang(this.path);
		try {
			for (int second = 0; second < 50; second++) {
				pass(Duration.ofSeconds(1));
				assertThat(this.file.key().block(SHORT)).isEqualTo(ApiKey.of("sk-1"));
			}
			Mono<Boolean> invalidated = Mono.fromCallable(() -> {
				this.file.invalidate(ApiKey.of("sk-1"));
				return true;
			}).subscribeOn(Schedulers.parallel());
			assertThat(invalidated.block(SHORT)).as("no lock is held while the file is read").isTrue();
			assertThat(this.file.key().block(LONG)).as("after a refusal").isEqualTo(ApiKey.of("sk-1"));
			assertThat(lookingThreads()).as("one look at a time").isEqualTo(1);
			assertThat(Mono.fromCallable(() -> "free").subscribeOn(Schedulers.boundedElastic()).block(SHORT))
				.isEqualTo("free");
		}
		finally {
			this.hanging.goOn(this.path);
		}
		assertKeyBecomes("sk-2");
	}

	@Test
	void aFileThatHangsFromTheStartFailsTheCallInTime() throws IOException {
		this.hanging.hang(this.path);
		try {
			for (int call = 0; call < 3; call++) {
				assertThatThrownBy(this::key).hasMessageContaining("no key in file")
					.hasMessageContaining("it cannot be read in 2 s");
			}
			assertThat(lookingThreads()).isEqualTo(1);
		}
		finally {
			this.hanging.goOn(this.path);
		}
		assertKeyBecomes("sk-2");
	}

	private static long lookingThreads() {
		return Thread.getAllStackTraces()
			.values()
			.stream()
			.filter((stack) -> Arrays.stream(stack)
				.anyMatch((frame) -> frame.getClassName().startsWith(ApiKeyFile.class.getName())
						&& frame.getMethodName().equals("read")))
			.count();
	}

	@Test
	void configuredCredentialsAreTheKeyOrTheFileOrNone() {
		CredentialsProvider provider = CredentialsProvider.configured();
		ChatRequest request = ChatRequest.of("Hi");
		Endpoint bare = Endpoint.named("a").model("m").url(URI.create("https://example.org")).build();
		assertThat(provider.resolve(bare, request).block(LONG)).isNull();
		assertThat(provider.resolve(bare.withApiKey(ApiKey.of("sk-9")), request).block(LONG))
			.isEqualTo(Credentials.of(ApiKey.of("sk-9")));
		Endpoint withFile = bare.toBuilder().apiKeyFile(this.path).build();
		Credentials credentials = provider.resolve(withFile, request).block(LONG);
		assertThat(credentials).isEqualTo(Credentials.of(ApiKey.of("sk-1")));
		assertThat(credentials).asString().doesNotContain("sk-1");
	}

	@Test
	void theStringOfCredentialsNamesNobody() {
		assertThat(new Credentials(ApiKey.of("sk-1"), "tenant-7")).hasToString("Credentials[******]");
	}

	private ApiKey key() {
		return this.file.key().block(LONG);
	}

	private void assertKey(String expected) {
		assertThat(key()).isEqualTo(ApiKey.of(expected));
	}

	/** The call that finds out still gets the key that it has at hand. */
	private void assertKeyBecomes(String expected) {
		Awaitility.await().untilAsserted(() -> {
			pass(Duration.ofSeconds(1));
			assertKey(expected);
		});
	}

	private void pass(Duration time) {
		this.nanos.addAndGet(time.toNanos());
	}

}
