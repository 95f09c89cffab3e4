-- Mails that moved a visit in the calendar of staff are no longer written: they subscribe to it. Those that wait would be of an
-- unknown kind.
update deliveries set status = 'superseded', settled_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
where channel = 'staff-email' and kind in ('calendar.changed', 'calendar.cancelled') and status in ('due', 'waiting', 'sending', 'dead');
