# answer: through merged
echo 'changed' > /lab/app/greeting
