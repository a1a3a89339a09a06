// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * Reads files as from a mount that hangs at times.
 */
final class HangingFile implements ApiKeyFile.Source {

	private volatile CountDownLatch hanging = new CountDownLatch(0);

	@Override
	public String read(Path file) throws IOException {
		try {
			this.hanging.await();
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
		return ApiKeyFile.Source.BOUNDED.read(file);
	}

	void hang(Path file) throws IOException {
		this.hanging = new CountDownLatch(1);
		Files.writeString(file, "sk-2, of another length");
	}

	/** Goes on, with another key. */
	void goOn(Path file) throws IOException {
		Files.writeString(file, "sk-2");
		this.hanging.countDown();
	}

}
