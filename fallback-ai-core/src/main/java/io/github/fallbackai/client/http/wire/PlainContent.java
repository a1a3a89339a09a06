// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.wire;

import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Passes a body on as it is.
 */
final class PlainContent implements ContentReader<WireContent> {

	private final Predicate<ServerEvent> last;

	PlainContent(Predicate<ServerEvent> last) {
		this.last = last;
	}

	@Override
	public boolean event(EventData event, Consumer<? super WireContent> out) {
		ServerEvent value = event.toEvent();
		out.accept(value);
		return this.last.test(value);
	}

	@Override
	public void document(byte[] bytes, Consumer<? super WireContent> out) {
		out.accept(new WireDocument(bytes));
	}

	@Override
	public void end(Consumer<? super WireContent> out) {
		// All is said.
	}

}
