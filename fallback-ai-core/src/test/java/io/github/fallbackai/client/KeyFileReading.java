// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.github.fallbackai.endpoint.ApiKey;
import io.github.fallbackai.fuzz.FuzzTarget;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A key file holds a key that a header can carry, or none.
 */
public final class KeyFileReading implements FuzzTarget {

	private final Path file;

	/**
	 * A target.
	 * @param directory where it may write
	 */
	public KeyFileReading(Path directory) {
		this.file = directory.resolve("key");
	}

	@Override
	public void read(byte[] input) throws IOException {
		Files.write(this.file, input);
		try {
			ApiKey key = new ApiKeyFile(this.file, System::nanoTime).key().block(Duration.ofMinutes(1));
			assertThat(key.reveal()).isNotEmpty().matches("[!-~]+");
			assertThat(new String(input, java.nio.charset.StandardCharsets.UTF_8).strip()).isEqualTo(key.reveal());
		}
		catch (RuntimeException ex) {
			assertThat(ex.getCause()).isInstanceOf(IOException.class);
			assertThat(ex.getCause().getMessage()).startsWith("no key in file " + this.file + ": it ");
		}
	}

}
