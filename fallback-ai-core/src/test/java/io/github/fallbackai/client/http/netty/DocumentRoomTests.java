// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.netty;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * All documents together take no more than there is room for.
 */
class DocumentRoomTests {

	private final DocumentRoom.Pool pool = new DocumentRoom.Pool(10 * DocumentRoom.SMALL);

	private final DocumentRoom room = new DocumentRoom(this.pool);

	private final DocumentRoom other = new DocumentRoom(this.pool);

	@Test
	void takesNothingForASmallDocument() {
		this.room.hold(DocumentRoom.SMALL);
		assertThat(this.pool.taken()).isZero();
	}

	@Test
	void takesWhatADocumentNeedsByNow() {
		for (int megabytes = 1; megabytes <= 6; megabytes++) {
			this.room.hold(megabytes * DocumentRoom.SMALL);
		}
		assertThat(this.pool.taken()).isEqualTo(6 * DocumentRoom.SMALL);
	}

	@Test
	void refusesMoreThanThereIsAndKeepsNothingOfIt() {
		this.room.hold(6 * DocumentRoom.SMALL);
		this.other.hold(4 * DocumentRoom.SMALL);
		assertThatIllegalStateException().isThrownBy(() -> this.other.hold(4 * DocumentRoom.SMALL + 1));
		this.room.close();
		this.other.hold(10 * DocumentRoom.SMALL);
		this.other.close();
		assertThat(this.pool.taken()).isZero();
	}

	@Test
	void takesNothingForAResponseThatIsOver() {
		this.room.close();
		this.room.hold(5 * DocumentRoom.SMALL);
		this.room.close();
		assertThat(this.pool.taken()).isZero();
	}

}
