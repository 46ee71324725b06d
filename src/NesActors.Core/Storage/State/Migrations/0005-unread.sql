-- What was not read, in the order of arrival: whoever prints messages begins with these.
CREATE INDEX messages_unread_in_order ON messages (id) WHERE state = 'received';
